//! Starts a PostgreSQL or MariaDB of its own for a test: on a socket in a temporary folder, never as root, and stopped with the test.
//!
//! The server hangs on a pipe of this process: it ends where the test ends, in whatever way.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use tempfile::TempDir;

use crate::run::Done;

/// The user and group `nobody`, which servers run as where the test is root's.
const NOBODY: u32 = 65_534;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Postgres,
    Mariadb,
}

/// A server that is running.
pub struct Server {
    pub kind: Kind,
    folder: TempDir,
    child: Child,
}

impl Server {
    pub fn start(kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        if is_root(folder.path()) {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).expect("root may give a folder away");
        }
        let data = folder.path().join("data");
        let (make, run, signal) = match kind {
            Kind::Postgres => postgres(folder.path(), &data),
            Kind::Mariadb => mariadb(folder.path(), &data),
        };
        let made = as_nobody(folder.path(), &make).output().expect("the program starts");
        assert!(made.status.success(), "{}{}", String::from_utf8_lossy(&made.stdout), String::from_utf8_lossy(&made.stderr));
        // The shell reads until this process lets go of the pipe.
        let script = format!("\"$@\" & server=$!; read -r _; kill -{signal} $server; wait $server");
        let shell = [&["sh".into(), "-c".into(), script, "sh".into()][..], &run].concat();
        let mut command = as_nobody(folder.path(), &shell);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a shell starts");
        let said = BufReader::new(child.stderr.take().expect("it is piped"));
        // From here on it is stopped, whatever happens.
        let server = Self { kind, folder, child };
        wait_until_ready(said);
        server
    }

    /// Runs statements as they stand in a file; the program ends at the first error.
    pub fn run_file(&self, file: &Path) -> Done {
        let mut command = self.client();
        match self.kind {
            Kind::Postgres => {
                command.arg("-f").arg(file);
            }
            Kind::Mariadb => {
                command.args(["--batch", "--skip-column-names"]).stdin(fs::File::open(file).expect("the file is there"));
            }
        }
        Done::from(command.output().expect("the client starts"))
    }

    /// Runs statements; they must do.
    pub fn run(&self, statements: &str) -> String {
        let done = self.ask(statements);
        assert_eq!(done.code, 0, "{}", done.stderr);
        done.stdout
    }

    fn ask(&self, statements: &str) -> Done {
        let mut command = self.client();
        match self.kind {
            Kind::Postgres => command.args(["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statements]),
            Kind::Mariadb => command.args(["--batch", "--skip-column-names", "--raw", "-e", statements]),
        };
        Done::from(command.output().expect("the client starts"))
    }

    /// Loads delimited text with a header into a table, by the server's own reader.
    pub fn load(&self, table: &str, file: &Path) {
        let file = file.display();
        match self.kind {
            Kind::Postgres => self.run(&format!("\\copy {table} from '{file}' with (format csv, header)")),
            Kind::Mariadb => self.run(&format!(
                "LOAD DATA LOCAL INFILE '{file}' INTO TABLE {table} CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' \
                 OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' LINES TERMINATED BY '\\n' IGNORE 1 LINES"
            )),
        };
    }

    /// The client of the server.
    pub fn client(&self) -> Command {
        let mut command = Command::new(match self.kind {
            Kind::Postgres => "psql",
            Kind::Mariadb => "mariadb",
        });
        command.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").stdin(Stdio::null());
        match self.kind {
            Kind::Postgres => command.arg("-X").arg("-h").arg(self.folder.path()).args(["-U", "tester", "-d", "postgres"]),
            Kind::Mariadb => command
                .args(["--no-defaults", "--user=root", "--default-character-set=utf8mb4", "--local-infile=1"])
                .arg(format!("--socket={}", self.folder.path().join("socket").display())),
        };
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn is_root(own: &Path) -> bool {
    fs::metadata(own).expect("it is there").uid() == 0
}

/// A program that does not run as root.
fn as_nobody(folder: &Path, words: &[String]) -> Command {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).current_dir(folder).stdin(Stdio::null());
    // Servers that share a folder for temporary files get into each other's way.
    command.env_clear().env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin").env("TMPDIR", folder);
    let owner = fs::metadata(folder).expect("it is there").uid();
    if owner == NOBODY {
        // Other groups are given up with that.
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// The programs and arguments that make a data folder and run the server on it, and the signal that ends it at once.
fn postgres(folder: &Path, data: &Path) -> (Vec<String>, Vec<String>, &'static str) {
    let programs = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut programs: Vec<PathBuf> = programs.filter(|bin| bin.join("initdb").exists()).collect();
    programs.sort();
    let programs = programs.pop().expect("PostgreSQL is not installed: run the tests with ./test, which installs it");
    let (folder, data) = (folder.display(), data.display());
    let make = format!("{}/initdb -D {data} -A trust -U tester --no-sync -E UTF8 --locale=C", programs.display());
    let run = format!("{}/postgres -D {data} -k {folder} -c listen_addresses= -c fsync=off", programs.display());
    (words(&make), words(&run), "INT")
}

/// What is lost when a machine goes down in a test is lost.
const FAST: &str = "--innodb-flush-method=nosync --innodb-flush-log-at-trx-commit=0 --sync-frm=0 --innodb-buffer-pool-size=16M";

fn mariadb(folder: &Path, data: &Path) -> (Vec<String>, Vec<String>, &'static str) {
    let program = ["/usr/sbin/mariadbd", "/usr/bin/mariadbd"].into_iter().find(|path| Path::new(path).exists());
    let program = program.expect("MariaDB is not installed: run the tests with ./test, which installs it");
    let (folder, data) = (folder.display(), data.display());
    let make = format!(
        "mariadb-install-db --no-defaults --datadir={data} --tmpdir={folder} --auth-root-authentication-method=normal --skip-test-db"
    );
    let run = format!(
        "{program} --no-defaults --datadir={data} --tmpdir={folder} --socket={folder}/socket --pid-file={folder}/pid --skip-networking --local-infile=1 \
         {FAST}"
    );
    (words(&make), words(&run), "TERM")
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// Reads what a server says until it takes connections, and lets it go on saying.
fn wait_until_ready(mut said: BufReader<ChildStderr>) {
    let mut all = String::new();
    loop {
        let mut line = Vec::new();
        let length = said.read_until(b'\n', &mut line).expect("the pipe is there");
        let line = String::from_utf8_lossy(&line).into_owned();
        assert!(length > 0, "the server ended: {all}");
        if line.contains("ready to accept connections") || line.contains("ready for connections") {
            break;
        }
        all += &line;
    }
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
}
