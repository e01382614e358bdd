//! The sources of the standard library from the package `rust-src` of Debian. The system's lists and packages are not
//! modified: everything is in a build directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::process::target_directory;
use crate::terminal::say;

/// Debian's directory for several releases of Rust.
const SUITE: &str = "trixie-backports";

/// Returns the directory of the standard library's sources for a release of Rust, such as 1.95.0.
pub(super) fn sources(release: &str) -> anyhow::Result<PathBuf> {
    let folder = target_directory()?.join("rust-src").join(release);
    let library = folder.join("library");
    if library.join("std/Cargo.toml").is_file() {
        return Ok(library);
    }
    say!("fetching the sources of Rust {release}");
    fs::create_dir_all(&folder)?;
    let apt = Apt::new(&folder)?;
    apt.run("apt-get", &["--quiet", "update"])?;
    let versions = apt.run("apt-cache", &["madison", "rust-src"])?;
    let versions = versions.lines().filter_map(|line| line.split('|').nth(1));
    let mut versions = versions.map(str::trim);
    let wanted = format!("{release}+");
    let version = versions.find(|version| version.starts_with(&wanted));
    let version = version.with_context(|| format!("{SUITE} has no such `rust-src`"))?;
    apt.run("apt-get", &["--quiet", "download", &format!("rust-src={version}")])?;
    let files = fs::read_dir(&folder)?.flatten().map(|file| file.path());
    let package =
        files.into_iter().find(|path| path.extension() == Some("deb".as_ref()));
    let package = package.context("apt-get downloaded no package")?;
    unpack(&package, &folder, release)?;
    fs::remove_file(package)?;
    ensure!(library.is_dir(), "the package contains no standard library");
    Ok(library)
}

/// Unpacks only the standard library.
fn unpack(package: &Path, folder: &Path, release: &str) -> anyhow::Result<()> {
    let mut reader = Command::new("dpkg-deb");
    reader.arg("--fsys-tarfile").arg(package).stdout(Stdio::piped());
    let mut reader = reader.spawn().context("cannot run `dpkg-deb`")?;
    let mut tar = Command::new("tar");
    tar.args(["--extract", "--strip-components", "4", "--directory"]).arg(folder);
    tar.arg(format!("./usr/src/rustc-{release}/library"));
    let archive = reader.stdout.take().context("dpkg-deb writes nothing")?;
    let status = tar.stdin(archive).status().context("cannot run `tar`")?;
    ensure!(reader.wait()?.success() && status.success(), "cannot unpack `rust-src`");
    Ok(())
}

/// Returns a command of the package manager, with separate lists and a separate cache.
struct Apt<'a> {
    folder: &'a Path,
    options: Vec<String>,
}

impl<'a> Apt<'a> {
    fn new(folder: &'a Path) -> anyhow::Result<Self> {
        let mirror = mirror()?;
        let list = folder.join("sources.list");
        let key = "/usr/share/keyrings/debian-archive-keyring.gpg";
        fs::write(&list, format!("deb [signed-by={key}] {mirror} {SUITE} main\n"))?;
        for name in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let path = |name: &str| folder.join(name).display().to_string();
        let options = [
            ("Dir::Etc::sourcelist", path("sources.list")),
            ("Dir::Etc::sourceparts", "-".to_owned()),
            ("Dir::State::lists", path("lists")),
            ("Dir::Cache", path("cache")),
            ("APT::Sandbox::User", "root".to_owned()),
        ];
        let options = options.map(|(name, value)| format!("--option={name}={value}"));
        Ok(Self { folder, options: options.into() })
    }

    fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(program);
        command.current_dir(self.folder).args(&self.options).args(arguments);
        output(command)
    }
}

/// Returns the mirror of Debian that this system is configured to use.
fn mirror() -> anyhow::Result<String> {
    let mut command = Command::new("apt-get");
    command.args(["indextargets", "--format", "$(LABEL) $(REPO_URI)"]);
    command.arg("Created-By: Packages");
    let targets = output(command)?;
    let mirror = targets.lines().find_map(|line| line.strip_prefix("Debian "));
    mirror.map(str::to_owned).context("apt is not configured to use a mirror of Debian")
}

fn output(mut command: Command) -> anyhow::Result<String> {
    let name = command.get_program().display().to_string();
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot run `{name}`"))?;
    if !output.status.success() {
        bail!("`{name}` failed");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
