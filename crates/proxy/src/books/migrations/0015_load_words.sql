-- What was said of load here, of each place the last. place: Station or Station group. port: of a station, empty where
-- all are meant. said: a number, in the order in which it was said. until: when the shedding ends, a moment that is over
-- where it was cleared, none where it lasts until it is cleared.
CREATE TABLE load_words (
    place TEXT NOT NULL,
    place_id TEXT NOT NULL,
    port TEXT NOT NULL,
    said BIGINT NOT NULL,
    until TEXT,
    PRIMARY KEY (place, place_id, port)
);
-- Nobody knows which of them was said last.
INSERT INTO load_words (place, place_id, port, said, until) SELECT place, place_id, '', 0, until FROM load_sheds;
DROP TABLE load_sheds
