//! May this token charge here, and does an app show it: the same answer from the pure function and from REST.

mod cases;
mod edges;
mod memory;
mod race;
pub mod refused;
mod table;
mod tester;
mod under_way;
pub mod world;
