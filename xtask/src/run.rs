//! Running other programs.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Instant;

/// The project's root, which is the parent of this package.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(|| ".".into(), Path::to_path_buf)
}

/// Where cargo puts native builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where builds for the browser go: a folder of their own, so that they and native builds need not
/// wait for each other.
pub fn web_target() -> PathBuf {
    target().join("web")
}

/// A command in the project's root, with the project's own tools first on PATH.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let own = std::iter::once(crate::tools::bin());
    if let Ok(path) = std::env::join_paths(own.chain(std::env::split_paths(&path))) {
        command.env("PATH", path);
    }
    command.current_dir(root());
    command
}

/// The same cargo that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a step, saying its name before and its time after.
pub fn step(name: &str, command: &mut Command) -> Result<(), String> {
    println!("▸ {name}");
    let start = Instant::now();
    let status = status(command)?;
    let seconds = start.elapsed().as_secs_f32();
    if status.success() {
        println!("  {name}: {seconds:.1} s");
        Ok(())
    } else {
        Err(format!("{name} failed after {seconds:.1} s ({status})."))
    }
}

/// Runs a command to its end with its output on this terminal.
pub fn status(command: &mut Command) -> Result<ExitStatus, String> {
    command
        .status()
        .map_err(|error| format!("{} does not start: {error}", name(command)))
}

/// What a command prints, where it succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command, showing each line it prints on stdout and handing it to `each`.
pub fn lines(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus, String> {
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            each(&line);
        }
    }
    child.wait().map_err(|error| error.to_string())
}

pub fn spawn(command: &mut Command) -> Result<Child, String> {
    command
        .spawn()
        .map_err(|error| format!("{} does not start: {error}", name(command)))
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
