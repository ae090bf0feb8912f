//! `cargo xtask dev`: the server with its sandbox, and Trunk with live reload before it.

use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::args::Serve;
use crate::run::{cargo, command, output, spawn, step, target, web_target};
use crate::{Outcome, serve, tools};

pub fn dev(args: &Serve) -> Outcome {
    tools::for_building()?;
    step("Build the server", cargo().args(["build", "-p", "proxy"]))?;
    let data = serve::data_dir(args)?;
    let stop = Arc::new(AtomicBool::new(false));
    let signalled = stop.clone();
    ctrlc::set_handler(move || signalled.store(true, Ordering::SeqCst)).map_err(|error| error.to_string())?;

    let mut server = command(target().join("debug/ev-portal"));
    server
        .args(["--sandbox", "--listen", &format!("127.0.0.1:{}", args.port)])
        .arg("--data-dir")
        .arg(data);
    let mut trunk = command("trunk");
    trunk.arg("serve").env("CARGO_TARGET_DIR", web_target());
    trunk
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");

    let mut server = spawn(&mut server)?;
    let mut children = match spawn(&mut trunk) {
        Ok(trunk) => [server, trunk],
        Err(words) => {
            end(&mut server);
            return Err(words);
        }
    };
    while !stop.load(Ordering::SeqCst)
        && children
            .iter_mut()
            .all(|child| matches!(child.try_wait(), Ok(None)))
    {
        std::thread::sleep(Duration::from_millis(100));
    }
    children.iter_mut().for_each(end);
    Ok(())
}

/// Asks a child to stop and waits for it.
fn end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(None)) {
        if output(command("kill").arg(child.id().to_string())).is_none() {
            let _ = child.kill();
        }
        let _ = child.wait();
    }
}
