//! Files of NumPy, and matrices as `scipy.sparse.load_npz` reads them.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use npyz::{AutoSerialize, DType, WriteOptions, WriterBuilder};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::tables::{Lists, Tables};

pub(super) fn write(tables: &Tables<'_>, folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = vec!["items.csv".to_owned(), "ids.txt".to_owned()];
    let n_items = tables.catalogue.len();
    write_items(tables, &folder.join("items.csv"))?;
    let ids: String = (0..n_items).map(|place| format!("{}\n", tables.id(place))).collect();
    fs::write(folder.join("ids.txt"), ids).context("cannot write ids.txt")?;
    if let Some(factors) = &tables.factors {
        let mut values = factors.values.clone();
        // A row for each line of ids.txt.
        values.resize(n_items * factors.rank, 0.0);
        let mut file = BufWriter::new(File::create(folder.join("factors.npy")).context("cannot write factors.npy")?);
        file.write_all(&array(&[n_items, factors.rank], &values)?)?;
        file.flush()?;
        files.push("factors.npy".to_owned());
    }
    for (name, lists) in &tables.lists {
        let name = format!("{name}.npz");
        write_matrix(lists, n_items, &folder.join(&name)).with_context(|| format!("cannot write {name}"))?;
        files.push(name);
    }
    Ok(files)
}

fn write_items(tables: &Tables<'_>, path: &Path) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_path(path).context("cannot write items.csv")?;
    csv.write_record(["id", "title", "year", "genres", "tags", "likes"])?;
    for item in tables.catalogue.items() {
        let year = tables.catalogue.year(item).map_or_else(String::new, |year| year.to_string());
        let [genres, tags] = tables.genres_and_tags(item);
        let likes = tables.catalogue.likes(item).to_string();
        csv.write_record([tables.catalogue.id(item), tables.descriptions.title(item), &year, &genres, &tags, &likes])?;
    }
    Ok(csv.flush()?)
}

/// The arrays that `scipy.sparse.save_npz` writes of a matrix of compressed sparse rows.
fn write_matrix(lists: &Lists, n_items: usize, path: &Path) -> anyhow::Result<()> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    let others: Vec<i32> = lists.others.iter().map(|&other| other as i32).collect();
    let starts: Vec<i64> = lists.starts.iter().map(|&start| start as i64).collect();
    let n = n_items as i64;
    let arrays = [
        ("indices", array(&[others.len()], &others)?),
        ("indptr", array(&[starts.len()], &starts)?),
        ("format", text(b"csr")?),
        ("shape", array(&[2], &[n, n])?),
        ("data", array(&[lists.weights.len()], &lists.weights)?),
    ];
    for (name, bytes) in arrays {
        zip.start_file(format!("{name}.npy"), SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    zip.finish()?.flush()?;
    Ok(())
}

fn array<T: AutoSerialize + Copy>(shape: &[usize], values: &[T]) -> anyhow::Result<Vec<u8>> {
    let shape: Vec<u64> = shape.iter().map(|&length| length as u64).collect();
    let mut bytes = Vec::new();
    let mut writer = WriteOptions::new().default_dtype().shape(&shape).writer(&mut bytes).begin_nd()?;
    writer.extend(values.iter().copied())?;
    writer.finish()?;
    Ok(bytes)
}

/// A single text of ASCII.
fn text(text: &[u8]) -> anyhow::Result<Vec<u8>> {
    let dtype = DType::Plain(format!("|S{}", text.len()).parse()?);
    let mut bytes = Vec::new();
    let mut writer = WriteOptions::new().dtype(dtype).shape(&[]).writer(&mut bytes).begin_nd()?;
    writer.push(text)?;
    writer.finish()?;
    Ok(bytes)
}
