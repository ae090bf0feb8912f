//! Hundreds of random changes over REST, each compared with a model: answers, counts, lists,
//! visibility, where each token may charge, and what is decided of any id anywhere.

mod ask;
mod compare;
mod dice;
mod model;
pub mod pool;
mod steps;

use crate::decision::world::Partners;
use crate::support::TestApp;
pub use dice::Dice;
use model::{Model, Place};

/// One run.
struct Run<'a> {
    app: &'a TestApp,
    dice: Dice,
    model: Model,
    partners: Partners,
    /// What is being done, for the messages.
    step: String,
}

async fn run(app: &TestApp, seed: u64, steps: usize) {
    let mut model = Model::default();
    for name in ["Oosteinde", "Haven", "Depot"] {
        let place = Place {
            published: true,
            ..Place::default()
        };
        model.places.insert(app.location(name).await, place);
    }
    let mut run = Run {
        app,
        dice: Dice::of(seed),
        model,
        partners: Partners::of(app).await,
        step: String::new(),
    };
    for number in 0..steps {
        run.step = format!("seed {seed}, step {number}");
        run.step().await;
        run.compare().await;
        run.ask().await;
    }
    let [memory, books] = app.app.books.index.answered();
    println!("seed {seed}: {memory} answers from memory, {books} from the books");
    assert!(memory > 0 && books > 0, "{memory} {books}");
}

#[tokio::test]
async fn the_books_hold_what_the_model_holds_on_sqlite() {
    for seed in [1, 2] {
        run(&TestApp::sqlite().await, seed, 250).await;
    }
}

#[tokio::test]
async fn the_books_hold_what_the_model_holds_on_postgres() {
    if let Some(app) = TestApp::postgres().await {
        run(&app, 3, 200).await;
    }
}
