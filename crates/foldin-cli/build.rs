//! The page and the package are built into the program: a change to either is a change to the program.

fn main() {
    println!("cargo::rerun-if-changed=../../pkg");
    println!("cargo::rerun-if-changed=../../web");
}
