//! Files and directories, in one of its own.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let root = Path::new("files-and-directories");
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    fs::create_dir(root)?;
    println!("{:?}", fs::create_dir(root).map_err(|error| error.kind()));
    fs::create_dir_all(root.join("c/d"))?;
    write!(File::create(root.join("b.txt"))?, "hello")?;
    OpenOptions::new().create(true).append(true).open(root.join("c/e"))?.set_len(7)?;
    std::os::unix::fs::symlink("../b.txt", root.join("c/link"))?;
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("c"))? {
        let entry = entry?;
        let known = entry.metadata()?;
        names.push((entry.file_name(), known.is_dir(), known.is_file(), known.is_symlink()));
    }
    names.sort();
    println!("{names:?} {}", fs::read_to_string(root.join("c/link"))?);
    println!("{} {}", root.join("c/e").metadata()?.len(), root.join("c").is_file());
    fs::rename(root.join("b.txt"), root.join("n.txt"))?;
    println!("{:?}", fs::remove_dir(root).map_err(|error| error.to_string()));
    println!("{:?}", fs::read_dir(root.join("gone")).map(|_| ()).map_err(|error| error.to_string()));
    fs::remove_dir_all(root)?;
    println!("{}", root.exists());
    Ok(())
}
