//! Closures as they are kept: by one entry of a table each. `dyn Fn` and `dyn FnMut` bring code for ways of
//! calling that nobody uses, which for a thousand closures is a fiftieth of the app.

/// Makes a value, as often as it is asked to.
pub trait Make<T> {
    fn make(&self) -> T;
}

impl<T, F: Fn() -> T> Make<T> for F {
    fn make(&self) -> T {
        self()
    }
}

/// The same, of closures that change what they hold.
pub trait Again<T> {
    fn again(&mut self) -> T;
}

impl<T, F: FnMut() -> T> Again<T> for F {
    fn again(&mut self) -> T {
        self()
    }
}

/// Takes what it is given.
pub trait Take<T> {
    fn take_in(&mut self, given: T);
}

impl<T, F: FnMut(T)> Take<T> for F {
    fn take_in(&mut self, given: T) {
        self(given);
    }
}

/// Answers what it is given.
pub trait Answer<In, Out> {
    fn answer(&self, given: In) -> Out;
}

impl<In, Out, F: Fn(In) -> Out> Answer<In, Out> for F {
    fn answer(&self, given: In) -> Out {
        self(given)
    }
}
