-- card_key: the card number as lists and charge tokens are found by. content: a digest of what was sent.
-- renews_id: the request whose page this one was sent from.
ALTER TABLE driver_requests ADD COLUMN card_key TEXT NOT NULL DEFAULT '';
ALTER TABLE driver_requests ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE driver_requests ADD COLUMN renews_id TEXT;
UPDATE driver_requests SET content = id;

-- token_id is from now on only the charge token that came into being with a driver's request.
UPDATE driver_requests SET token_id = NULL WHERE NOT EXISTS (
    SELECT 1 FROM tokens t WHERE t.id = driver_requests.token_id AND t.note LIKE 'Card of %, who joined %'
);

DROP INDEX driver_requests_pending;
CREATE UNIQUE INDEX driver_requests_same ON driver_requests (connection_id, email_key, content)
    WHERE status = 'Pending';
CREATE INDEX driver_requests_card ON driver_requests (card_key);
CREATE INDEX driver_requests_renews ON driver_requests (renews_id)
