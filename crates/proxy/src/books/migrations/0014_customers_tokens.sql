-- The tokens of a customer whose contracts are of a party: what that party's partner is shown is found by them.
CREATE INDEX tokens_customer_key ON tokens (customer_id, auth_key);
DROP INDEX tokens_customer
