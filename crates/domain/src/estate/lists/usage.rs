//! Lists of what is charged, by whom, and what is paid.

use super::List;
use crate::column::{Head, Kind, Listed};
use crate::intervals::Interval;

/// Charging sessions.
pub const SESSIONS: List = List::new(
    "sessions",
    &[
        Head::new("sessionId", "Session ID", Kind::Id).searched(),
        Head::new("stationName", "Station", Kind::Text).early().searched(),
        Head::new("stationId", "Station ID", Kind::Id).searched().hidden(),
        Head::new("portNumber", "Port", Kind::Text),
        Head::new("startTime", "Started", Kind::Time),
        Head::new("energy", "Energy, kWh", Kind::Number).places(3),
        Head::new("endTime", "Ended", Kind::Time),
        Head::new("totalSessionDuration", "Plugged in", Kind::Text),
        Head::new("totalChargingDuration", "Charged", Kind::Text).hidden(),
        Head::new("endedBy", "Ended by", Kind::Text),
        Head::new("driverName", "Driver", Kind::Text).searched(),
        Head::new("userId", "Driver ID", Kind::Id).searched().hidden(),
        Head::new("driverAccountNumber", "Account number", Kind::Id).hidden(),
        Head::new("credentialId", "Card or app", Kind::Id).searched(),
        Head::new("rfidSerialNumber", "Card", Kind::Id).hidden(),
        Head::new("startBatteryPercentage", "Battery at the start, %", Kind::Number).hidden(),
        Head::new("stopBatteryPercentage", "Battery at the end, %", Kind::Number).hidden(),
        Head::new("address", "Address", Kind::Text).searched().hidden(),
        Head::new("city", "City", Kind::Text).searched(),
        Head::new("state", "State", Kind::Text).hidden(),
        Head::new("country", "Country", Kind::Text).hidden(),
        Head::new("postalCode", "Postal code", Kind::Text).hidden(),
        Head::new("vehicleMake", "Make", Kind::Text).hidden(),
        Head::new("vehicleModel", "Model", Kind::Text).hidden(),
        Head::new("vehicleModelYear", "Model year", Kind::Text).hidden(),
        Head::new("vehicleType", "Vehicle", Kind::Text).hidden(),
        Head::new("vehicleId", "Vehicle ID", Kind::Id).hidden(),
        Head::new("vehiclePortMac", "Vehicle's MAC address", Kind::Id).hidden(),
        Head::new("driverOptedOut", "Opted out", Kind::Bool).hidden(),
        Head::new("driverOptOutTimestamp", "Opted out at", Kind::Time).hidden(),
        Head::new("paymentTerminalInfo", "Payment terminal", Kind::Text).hidden(),
    ],
);

/// A session's parts of 15 minutes.
pub const INTERVALS: List = List::new(Interval::NAME, Interval::HEADS);

/// What drivers paid.
pub const TRANSACTIONS: List = List::new(
    "transactions",
    &[
        Head::new("transactionId", "Transaction ID", Kind::Id).searched(),
        Head::new("transactionType", "Kind", Kind::Text),
        Head::new("transactionTime", "When", Kind::Time),
        Head::new("stationName", "Station", Kind::Text).early().searched(),
        Head::new("stationId", "Station ID", Kind::Id).searched().hidden(),
        Head::new("grossAmount", "Paid", Kind::Number).money(),
        Head::new("energy", "Energy, kWh", Kind::Number).places(3),
        Head::new("portNumber", "Port", Kind::Text),
        Head::new("organizationName", "Organization", Kind::Text).searched(),
        Head::new("pricingRuleName", "Pricing rule", Kind::Text).searched(),
        Head::new("currency", "Currency", Kind::Text).hidden(),
        Head::new("taxAmount", "Tax", Kind::Number).money().hidden(),
        Head::new("netAmount", "Without tax", Kind::Number)
            .money()
            .hidden(),
        Head::new("flexBillingServiceFee", "Service fee", Kind::Number)
            .money()
            .hidden(),
        Head::new("netRevenue", "Revenue", Kind::Number).money(),
        Head::new("exchangeRateUsd", "US dollars for one", Kind::Number).hidden(),
        Head::new("startTime", "Started", Kind::Time).hidden(),
        Head::new("endTime", "Ended", Kind::Time).hidden(),
        Head::new("stationMacAddr", "MAC address", Kind::Id).hidden(),
        Head::new("anonymousCreditCardNumber", "Card ends in", Kind::Text).hidden(),
    ],
);

/// Drivers who are connected, ask to be, or belong to the management realm.
pub const DRIVERS: List = List::new(
    "drivers",
    &[
        Head::new("userId", "Driver ID", Kind::Id).searched(),
        Head::new("firstName", "First name", Kind::Text)
            .early()
            .searched(),
        Head::new("lastName", "Last name", Kind::Text).early().searched(),
        Head::new("driverEmail", "E-mail", Kind::Text).searched(),
        Head::new("connectionStatus", "Connection", Kind::Text).at("connection.status"),
        Head::new("requestedAt", "Asked", Kind::Time).at("connection.requestTimeStamp"),
        Head::new("realmStatus", "Management realm", Kind::Text).at("managementRealm.status"),
        Head::new("signedUpAt", "Signed up", Kind::Time)
            .at("managementRealm.signupTimeStamp")
            .hidden(),
        Head::new("credentialIds", "Cards and apps", Kind::Text).searched(),
        Head::new("lastModifiedTimestamp", "Changed", Kind::Time).hidden(),
        Head::new("homeStation", "Home station", Kind::Id)
            .at("homeStationDetails.stationSerialNumber")
            .hidden(),
        Head::new("homeStationStatus", "Home station is", Kind::Text)
            .at("homeStationDetails.stationStatus")
            .hidden(),
        Head::new("homeStationModel", "Home station's model", Kind::Text)
            .at("homeStationDetails.stationModelNumber")
            .hidden(),
        Head::new("homeStationMac", "Home station's MAC address", Kind::Id)
            .at("homeStationDetails.stationMacAddress")
            .hidden(),
        Head::new("homeStationSince", "Home station since", Kind::Time)
            .at("homeStationDetails.stationActivationDate")
            .hidden(),
    ],
);

/// Vehicles of fleets.
pub const FLEET_VEHICLES: List = List::new(
    "fleet-vehicles",
    &[
        Head::new("fleetVehicleId", "Vehicle ID", Kind::Id).searched(),
        Head::new("licensePlate", "Licence plate", Kind::Text)
            .early()
            .searched(),
        Head::new("fleetName", "Fleet", Kind::Text).searched(),
        Head::new("vehicleId", "Own ID", Kind::Id).searched(),
        Head::new("vin", "VIN", Kind::Id).searched(),
        Head::new("make", "Make", Kind::Text).searched(),
        Head::new("model", "Model", Kind::Text).searched(),
        Head::new("year", "Year", Kind::Text),
        Head::new("color", "Colour", Kind::Text),
        Head::new("vehicleChargingState", "State", Kind::Text),
        Head::new("fleetDriverId", "Driver ID", Kind::Id).hidden(),
        Head::new("credentialIds", "Cards", Kind::Text).searched(),
        Head::new("organizationName", "Organization", Kind::Text).hidden(),
        Head::new("orgId", "Organization ID", Kind::Id).hidden(),
        Head::new("companyCode", "Company code", Kind::Text).hidden(),
        Head::new("telematicsProvider", "Telematics", Kind::Text).hidden(),
        Head::new("telematicsStatus", "Telematics status", Kind::Text).hidden(),
        Head::new("paymentType", "Payment", Kind::Text).hidden(),
        Head::new("paymentStatus", "Payment status", Kind::Text).hidden(),
        Head::new("lastModifiedTimestamp", "Changed", Kind::Time).hidden(),
    ],
);

/// What vehicles of fleets charged.
pub const FLEET_USAGE: List = List::new(
    "fleet-usage",
    &[
        Head::new("transactionId", "Transaction ID", Kind::Id).searched(),
        Head::new("transactionType", "Kind", Kind::Text).hidden(),
        Head::new("transactionTime", "When", Kind::Time).hidden(),
        Head::new("licensePlate", "Licence plate", Kind::Text)
            .early()
            .searched(),
        Head::new("fleetName", "Fleet", Kind::Text).searched(),
        Head::new("fleetVehicleId", "Vehicle ID", Kind::Id).searched(),
        Head::new("vehicleId", "Own ID", Kind::Id).searched().hidden(),
        Head::new("vin", "VIN", Kind::Id).hidden(),
        Head::new("fleetDriverId", "Driver ID", Kind::Id).hidden(),
        Head::new("fleetCustomerId", "Customer ID", Kind::Id).hidden(),
        Head::new("credentialId", "Card or app", Kind::Id).hidden(),
        Head::new("startTime", "Started", Kind::Time),
        Head::new("energy", "Energy, kWh", Kind::Number).places(3),
        Head::new("fee", "Fee", Kind::Number).money(),
        Head::new("endTime", "Ended", Kind::Time),
        Head::new("currency", "Currency", Kind::Text).hidden(),
        Head::new("paymentType", "Payment", Kind::Text).hidden(),
        Head::new("paymentId", "Fuel card", Kind::Id).hidden(),
        Head::new("paymentSourceAccount", "Card ends in", Kind::Text).hidden(),
        Head::new("pricingRule", "Pricing rule", Kind::Text).hidden(),
        Head::new("stationName", "Station", Kind::Text).searched(),
        Head::new("stationId", "Station ID", Kind::Id).hidden(),
        Head::new("portNumber", "Port", Kind::Text).hidden(),
        Head::new("portType", "AC or DC", Kind::Text).hidden(),
        Head::new("plugType", "Plug", Kind::Text).hidden(),
        Head::new("stationOrgName", "Station of", Kind::Text).hidden(),
        Head::new("fleetOrgId", "Organization ID", Kind::Id).hidden(),
        Head::new("fleetOrgName", "Organization", Kind::Text).hidden(),
        Head::new("startSoc", "Battery at the start, %", Kind::Number).hidden(),
        Head::new("endSoc", "Battery at the end, %", Kind::Number).hidden(),
        Head::new("odometer", "Odometer, in the vehicle's unit", Kind::Number).hidden(),
        Head::new("chargingTime", "Charged", Kind::Text).hidden(),
        Head::new("sessionDuration", "Plugged in", Kind::Text).hidden(),
        Head::new("gasolineSavings", "Petrol avoided, gal", Kind::Number)
            .places(2)
            .hidden(),
        Head::new("ghgSavings", "Greenhouse gases avoided, kg", Kind::Number)
            .places(2)
            .hidden(),
        Head::new("fraudDetectionStatus", "Fraud", Kind::Text).hidden(),
        Head::new("address", "Address", Kind::Text).searched().hidden(),
        Head::new("city", "City", Kind::Text).searched(),
        Head::new("state", "State", Kind::Text).hidden(),
        Head::new("country", "Country", Kind::Text).hidden(),
        Head::new("postalCode", "Postal code", Kind::Text).hidden(),
    ],
);
