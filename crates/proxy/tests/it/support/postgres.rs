//! A PostgreSQL for the time the tests run. It ends with this process, however that ends: a shell
//! that waits for our end of a pipe stops the server and removes its directory.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use proxy::books::Books;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tokio::sync::OnceCell;

struct Cluster {
    socket_dir: PathBuf,
    /// Holds the pipe.
    _shell: Child,
}

static CLUSTER: OnceCell<Option<Cluster>> = OnceCell::const_new();

/// The address of a new database with empty books; none where there is no PostgreSQL.
pub async fn database() -> Option<String> {
    static LAST: AtomicUsize = AtomicUsize::new(0);
    let cluster = CLUSTER.get_or_init(start).await.as_ref()?;
    let name = format!("test_{}", LAST.fetch_add(1, Ordering::Relaxed));
    let copy = format!("CREATE DATABASE {name} TEMPLATE {EMPTY}");
    cluster.does(copy).await.unwrap();
    Some(url(&cluster.socket_dir, &name))
}

/// The database that all others are copies of: making the tables takes longer.
const EMPTY: &str = "empty_books";

impl Cluster {
    async fn does(&self, sql: String) -> sqlx::Result<()> {
        let mut connection = connect(&self.socket_dir).await?;
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    }

    async fn make_empty_books(&self) {
        // In a language, as most databases are: it orders texts otherwise than bytes do.
        let language = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
        let create = |how: &str| self.does(format!("CREATE DATABASE {EMPTY} {how}"));
        if create(language).await.is_err() {
            create("").await.unwrap();
        }
        let books = Books::open(&url(&self.socket_dir, EMPTY)).await.unwrap();
        books.close().await;
    }
}

fn url(socket_dir: &Path, name: &str) -> String {
    format!("postgres://portal@localhost/{name}?host={}", socket_dir.display())
}

async fn connect(socket_dir: &Path) -> sqlx::Result<AnyConnection> {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(&url(socket_dir, "postgres")).await
}

async fn start() -> Option<Cluster> {
    let Some(bin) = find() else {
        assert!(
            std::env::var_os("EV_PORTAL_REQUIRE_POSTGRES").is_none(),
            "EV_PORTAL_REQUIRE_POSTGRES is set, but there is no initdb and postgres"
        );
        eprintln!("skipped: no initdb and postgres were found");
        return None;
    };
    let made = as_user().args(["mktemp", "-d"]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let dir = PathBuf::from(String::from_utf8(made.stdout).unwrap().trim());
    let script = r#"
        trap '' INT
        cd "$1" && "$2/initdb" -D data -U portal -A trust --no-sync -E UTF8 >initdb.log 2>&1 || exit 1
        "$2/postgres" -D data -k "$1" -c listen_addresses= -c fsync=off -c autovacuum=off -c max_connections=500 >log 2>&1 &
        server=$!
        read -r end
        kill -INT $server
        wait $server
        rm -rf "$1"
    "#;
    let shell = as_user()
        .args(["sh", "-c", script, "sh"])
        .args([&dir, &bin])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut cluster = Cluster {
        socket_dir: dir,
        _shell: shell,
    };
    loop {
        if let Ok(connection) = connect(&cluster.socket_dir).await {
            connection.close().await.unwrap();
            cluster.make_empty_books().await;
            return Some(cluster);
        }
        if let Some(status) = cluster._shell.try_wait().unwrap() {
            let log = std::fs::read_to_string(cluster.socket_dir.join("initdb.log")).unwrap_or_default();
            panic!("PostgreSQL did not start ({status}): {log}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Where the programs lie.
fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let versions = installed.map(|version| version.path().join("bin"));
    std::env::split_paths(&path)
        .chain(versions)
        .find(|dir| dir.join("initdb").is_file() && dir.join("postgres").is_file())
}

/// A command of a user that PostgreSQL takes: it refuses root.
fn as_user() -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() != b"0" {
        return Command::new("env");
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let user = ["postgres", "nobody"]
        .into_iter()
        .find(|user| users.contains(&format!("{user}:")))
        .unwrap();
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={user}").as_str(), "--clear-groups", "env"]);
    command
}
