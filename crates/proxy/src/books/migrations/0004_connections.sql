-- Lists are JSON. The link's code is kept because the portal shows the link again. It is looked up by its
-- digest, so that how long the comparison takes says nothing of the code.
CREATE TABLE connections (
    id TEXT NOT NULL PRIMARY KEY,
    org_id TEXT NOT NULL,
    org_name TEXT NOT NULL,
    org_name_for_drivers TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    benefits TEXT NOT NULL,
    approval_type TEXT NOT NULL,
    auto_approval TEXT NOT NULL,
    email_domains TEXT NOT NULL,
    type TEXT NOT NULL,
    organization_category TEXT NOT NULL,
    verify_drivers_by TEXT NOT NULL,
    ask_again_days BIGINT,
    additional_information TEXT NOT NULL,
    visibility TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    -- A PNG in base64. Empty: none.
    logo TEXT NOT NULL,
    link_code TEXT NOT NULL,
    link_digest TEXT NOT NULL,
    search_code TEXT NOT NULL,
    invitation_made_at TEXT NOT NULL,
    org_id_fold TEXT NOT NULL,
    org_name_fold TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    benefits_fold TEXT NOT NULL,
    verify_fold TEXT NOT NULL,
    search TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX connections_link ON connections (link_digest);
CREATE UNIQUE INDEX connections_search_code ON connections (search_code);
CREATE INDEX connections_customer ON connections (customer_id);

-- token_id: the charge token that an approval made, or gave to the connection's customer.
CREATE TABLE driver_requests (
    id TEXT NOT NULL PRIMARY KEY,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    driver TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    answers TEXT NOT NULL,
    card_number TEXT NOT NULL,
    status TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    decided_at TEXT,
    text TEXT NOT NULL,
    problem TEXT,
    token_id TEXT,
    version BIGINT NOT NULL
);
CREATE INDEX driver_requests_connection ON driver_requests (connection_id, status);
CREATE INDEX driver_requests_token ON driver_requests (token_id);
CREATE UNIQUE INDEX driver_requests_pending ON driver_requests (connection_id, email_key) WHERE status = 'Pending';

-- What the addresses of status pages end in, as digests. own: of the one who sent the request. Others sent
-- the same e-mail address again and are told no more than that it was received.
CREATE TABLE driver_request_links (
    digest TEXT NOT NULL PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES driver_requests (id),
    own BIGINT NOT NULL
);
CREATE INDEX driver_request_links_request ON driver_request_links (request_id);

-- What the portal remembers of its decisions on drivers that ChargePoint reports.
CREATE TABLE chargepoint_drivers (
    user_id TEXT NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    text TEXT NOT NULL,
    problem TEXT,
    version BIGINT NOT NULL
)
