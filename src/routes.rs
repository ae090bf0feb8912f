//! The paths of all pages. Links and redirects are made here and nowhere else.

/// CPO › Charge locations.
pub const LOCATIONS: &str = "/cpo/charge-locations";
/// Customers & tokens › Customers.
pub const CUSTOMERS: &str = "/customers";
/// Customers & tokens › Charge tokens.
pub const TOKENS: &str = "/tokens";

/// A location's Overview tab.
pub fn location(id: &str) -> String {
    format!("{LOCATIONS}/{}", segment(id))
}

/// A location's Stations tab.
pub fn location_stations(id: &str) -> String {
    format!("{}/stations", location(id))
}

/// A location's Authorization tab, which goes on to its customers.
pub fn location_authorization(id: &str) -> String {
    format!("{}/authorization", location(id))
}

/// The customers of a location's Authorization list.
pub fn location_authorization_customers(id: &str) -> String {
    format!("{}/customers", location_authorization(id))
}

/// The charge tokens of a location's Authorization list.
pub fn location_authorization_tokens(id: &str) -> String {
    format!("{}/tokens", location_authorization(id))
}

/// *Import charge tokens* of a location.
pub fn location_import(id: &str) -> String {
    format!("{}/import", location_authorization(id))
}

/// A customer.
pub fn customer(id: &str) -> String {
    format!("{CUSTOMERS}/{}", segment(id))
}

/// A charge token.
pub fn token(id: &str) -> String {
    format!("{TOKENS}/{}", segment(id))
}

/// An id as one segment of a path.
fn segment(id: &str) -> String {
    String::from(js_sys::encode_uri_component(id))
}
