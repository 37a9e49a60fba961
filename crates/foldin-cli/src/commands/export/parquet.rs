//! Parquet files: items, vectors, and a row each pair of items.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use foldin_core::ItemIdx;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, FloatType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{PrimitiveTypeBuilder, Type, TypePtr};

use super::tables::Tables;

/// A column of a table.
enum Column {
    Texts(Vec<String>),
    /// Whole numbers, of which some are missing.
    Whole(Vec<Option<i32>>),
    Numbers(Vec<f32>),
    /// Lists of so many numbers each.
    Lists(Vec<f32>, usize),
}

pub(super) fn write(tables: &Tables<'_>, folder: &Path) -> anyhow::Result<Vec<String>> {
    let catalogue = tables.catalogue;
    let texts = |text: &dyn Fn(ItemIdx) -> String| Column::Texts(catalogue.items().map(text).collect());
    let items = vec![
        ("id", texts(&|item| catalogue.id(item).to_owned())),
        ("title", texts(&|item| tables.descriptions.title(item).to_owned())),
        ("year", Column::Whole(catalogue.items().map(|item| catalogue.year(item)).collect())),
        ("genres", texts(&|item| tables.genres_and_tags(item)[0].clone())),
        ("tags", texts(&|item| tables.genres_and_tags(item)[1].clone())),
        ("likes", Column::Whole(catalogue.items().map(|item| i32::try_from(catalogue.likes(item)).ok()).collect())),
    ];
    let mut files = vec![("items.parquet".to_owned(), items)];
    if let Some(factors) = &tables.factors {
        let ids = (0..factors.values.len() / factors.rank).map(|place| tables.id(place).to_owned()).collect();
        let vectors = Column::Lists(factors.values.clone(), factors.rank);
        files.push(("factors.parquet".to_owned(), vec![("id", Column::Texts(ids)), ("vector", vectors)]));
    }
    for (name, lists) in &tables.lists {
        let rows = lists.starts.windows(2).enumerate();
        let items = rows.flat_map(|(place, ends)| std::iter::repeat_n(tables.id(place).to_owned(), ends[1] - ends[0]));
        let others = lists.others.iter().map(|&other| tables.id(other as usize).to_owned());
        let columns = vec![
            ("item", Column::Texts(items.collect())),
            ("other", Column::Texts(others.collect())),
            ("weight", Column::Numbers(lists.weights.clone())),
        ];
        files.push((format!("{name}.parquet"), columns));
    }
    for (name, columns) in &files {
        write_table(&folder.join(name), columns).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

fn write_table(path: &Path, columns: &[(&str, Column)]) -> anyhow::Result<()> {
    let fields = columns.iter().map(|(name, column)| column.schema(name)).collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(File::create(path)?, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (_, column) in columns {
        let mut next = group.next_column()?.context("there are fewer columns than the schema has")?;
        match column {
            Column::Texts(texts) => {
                let texts: Vec<ByteArray> = texts.iter().map(|text| text.as_str().into()).collect();
                next.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
            }
            Column::Whole(numbers) => {
                let levels: Vec<i16> = numbers.iter().map(|number| i16::from(number.is_some())).collect();
                let there: Vec<i32> = numbers.iter().copied().flatten().collect();
                next.typed::<Int32Type>().write_batch(&there, Some(&levels), None)?;
            }
            Column::Numbers(numbers) => {
                next.typed::<FloatType>().write_batch(numbers, None, None)?;
            }
            Column::Lists(numbers, length) => {
                // Every number is there, and each that begins a list repeats none.
                let defined = vec![1; numbers.len()];
                let repeats: Vec<i16> = (0..numbers.len()).map(|n| i16::from(n % length != 0)).collect();
                next.typed::<FloatType>().write_batch(numbers, Some(&defined), Some(&repeats))?;
            }
        }
        next.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(())
}

fn primitive(name: &str, physical: Physical, repetition: Repetition) -> PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, physical).with_repetition(repetition)
}

impl Column {
    fn schema(&self, name: &str) -> parquet::errors::Result<TypePtr> {
        let field = match self {
            Column::Texts(_) => {
                let text = primitive(name, Physical::BYTE_ARRAY, Repetition::REQUIRED);
                text.with_logical_type(Some(LogicalType::String)).build()?
            }
            Column::Whole(_) => primitive(name, Physical::INT32, Repetition::OPTIONAL).build()?,
            Column::Numbers(_) => primitive(name, Physical::FLOAT, Repetition::REQUIRED).build()?,
            Column::Lists(..) => {
                let element = Arc::new(primitive("element", Physical::FLOAT, Repetition::REQUIRED).build()?);
                let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
                let list = Arc::new(list.with_fields(vec![element]).build()?);
                Type::group_type_builder(name)
                    .with_repetition(Repetition::REQUIRED)
                    .with_logical_type(Some(LogicalType::List))
                    .with_converted_type(ConvertedType::LIST)
                    .with_fields(vec![list])
                    .build()?
            }
        };
        Ok(Arc::new(field))
    }
}
