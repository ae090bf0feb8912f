//! `cargo xtask serve`: the portal with its sandbox.

use std::path::PathBuf;
use std::process::Command;

use crate::args::Serve;
use crate::run::{cargo, command, root, spawn, target};
use crate::{Outcome, spa, tools};

/// Builds as the server is built that people run.
pub const OPTIMISED: [&str; 4] = ["build", "--quiet", "--profile", "server"];

pub fn serve(args: &Serve) -> Outcome {
    tools::for_building()?;
    build()?;
    let mut server = portal(args)?;
    replace(&mut server)
}

/// Builds the app and the server side by side: the app's last minute keeps only one core busy.
pub fn build() -> Outcome {
    println!("▸ Build the server");
    let mut server = spawn(
        cargo()
            .args(OPTIMISED)
            .args(["-p", "proxy", "--features", "jemalloc"]),
    )?;
    let app = spa::build();
    let server = server.wait().map_err(|error| error.to_string())?;
    app?;
    if server.success() {
        Ok(())
    } else {
        Err("The server does not build.".into())
    }
}

/// The built server, optimised.
pub fn binary() -> PathBuf {
    target().join("server").join("ev-portal")
}

/// The server with the sandbox and the flags of `serve`.
fn portal(args: &Serve) -> Result<Command, String> {
    let data = data_dir(args)?;
    let mut server = command(binary());
    server
        .arg("--sandbox")
        .args(["--listen", &format!("127.0.0.1:{}", args.port)]);
    server
        .arg("--data-dir")
        .arg(data)
        .arg("--web-dir")
        .arg(spa::dist());
    Ok(server)
}

/// The data directory, emptied with `--fresh`.
pub fn data_dir(args: &Serve) -> Result<PathBuf, String> {
    let data = root().join(&args.data_dir);
    if args.fresh {
        for name in ["portal.sqlite", "portal.sqlite-wal", "portal.sqlite-shm"] {
            match std::fs::remove_file(data.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(format!("{}: {error}", data.join(name).display()));
                }
                _ => {}
            }
        }
    }
    std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    Ok(data)
}

/// Becomes the server, so that a signal to this process reaches it and nothing is left behind.
#[cfg(unix)]
fn replace(server: &mut Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    Err(format!("The server does not start: {}", server.exec()))
}

#[cfg(not(unix))]
fn replace(server: &mut Command) -> Outcome {
    crate::run::status(server).map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fresh_removes_the_books_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("ev-portal-xtask-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["portal.sqlite", "portal.sqlite-wal", "notes.txt"] {
            std::fs::write(folder.join(name), "").unwrap();
        }
        let args = |fresh| Serve {
            port: 0,
            data_dir: folder.to_string_lossy().into_owned(),
            fresh,
        };
        let names = || {
            let mut names: Vec<_> = std::fs::read_dir(&folder)
                .unwrap()
                .map(|e| e.unwrap().file_name())
                .collect();
            names.sort();
            names
        };
        data_dir(&args(false)).unwrap();
        assert_eq!(names().len(), 3);
        data_dir(&args(true)).unwrap();
        assert_eq!(names(), ["notes.txt"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
