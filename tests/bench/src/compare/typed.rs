//! The clients in Kotlin and Swift, which have to be compiled against what is packaged.

use std::fs;

use super::prepare::{Ready, build, client, folder, packaged, started};
use super::program::Program;
use crate::shell;

/// On the JVM: java.net.http and OkHttp come from Maven Central, wamid is the packaged jar.
pub(crate) fn kotlin() -> Result<Ready, String> {
    if !shell::exists("mvn -version") {
        return Err("needs a JDK (17) and Maven".to_owned());
    }
    let jars = packaged("kotlin", "jar")?;
    let jar =
        jars.iter().find(|jar| !jar.to_string_lossy().contains("sources")).ok_or("no jar was packaged")?;
    let into = folder().join("kotlin");
    let pom = client("kotlin/pom.xml");
    build(&format!(
        "mvn -B -ntp -Dstyle.color=never -q -f {pom} -Dwamid.build={} -Dwamid.jar={} compile",
        into.display(),
        jar.display()
    ))?;
    let file = into.join("classpath.txt");
    let libraries = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let class_path = format!("{}:{}:{}", into.join("classes").display(), jar.display(), libraries.trim());
    let line = ["java", "-cp", &class_path, "dev.wamid.bench.MainKt"].map(str::to_owned);
    Ok(Ready { program: started(&line), special: Vec::new(), missing: Vec::new() })
}

const TOOLCHAIN: &str = "bindings-uniffi/swift/toolchain.sh";
/// The bench's folder, as the toolchain sees it.
const INSIDE: &str = "/target/bench";

/// In the toolchain's folder: URLSession is Foundation's, wamid the package as it is released.
pub(crate) fn swift() -> Result<Ready, String> {
    if !shell::exists(&format!("bash {TOOLCHAIN} ready")) {
        return Err("needs Swift: bash bindings-uniffi/swift/toolchain.sh install".to_owned());
    }
    let archives = packaged("swift", "gz")?;
    let archive = archives.first().ok_or("no archive was packaged")?;
    let package = folder().join("swift/package");
    if package.exists() {
        fs::remove_dir_all(&package).map_err(|error| format!("{}: {error}", package.display()))?;
    }
    fs::create_dir_all(&package).map_err(|error| format!("{}: {error}", package.display()))?;
    for line in [
        format!("tar -xzf {} -C {} --strip-components=1", archive.display(), package.display()),
        format!(
            "bash {TOOLCHAIN} run swift build -c release --package-path /project/tests/bench/clients/swift --scratch-path \
             {INSIDE}/swift/build"
        ),
    ] {
        build(&line)?;
    }
    let toolchain = shell::root().join(TOOLCHAIN).canonicalize().map_err(|error| error.to_string())?;
    // Foundation trusts what the system does and takes no other list. What is mounted is mounted for this process alone.
    let trusting = format!(
        "mount --bind {INSIDE}/certificate.pem /etc/ssl/certs/ca-certificates.crt && exec {INSIDE}/swift/build/release/WamidBench \"$@\""
    );
    let program = [&toolchain.display().to_string(), "run", "bash", "-c", &trusting, "WamidBench"];
    let mut line = vec!["bash".to_owned()];
    line.extend(program.map(str::to_owned));
    // Outside paths mean nothing inside.
    let program = Program { inside: Some(INSIDE.to_owned()), ..started(&line) };
    Ok(Ready { program, special: Vec::new(), missing: Vec::new() })
}
