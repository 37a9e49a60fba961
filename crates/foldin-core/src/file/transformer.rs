//! How the transformer lies in a file.

use bytes::Bytes;

use super::sections::{BlockWire, TransformerWire};
use crate::linalg::QuantisedRows;
use crate::model::transformer::{Block, Transformer};

pub(super) fn to_wire(transformer: &Transformer) -> TransformerWire<'_> {
    TransformerWire {
        heads: transformer.heads,
        items: transformer.items.to_wire(),
        positions: transformer.positions.to_wire(),
        blocks: transformer.blocks.iter().map(block_to_wire).collect(),
        norm: transformer.norm.clone(),
    }
}

/// `content` is what `wire` was decoded from.
pub(super) fn from_wire(wire: TransformerWire<'_>, content: &Bytes) -> Result<Transformer, &'static str> {
    let rows = |wire| QuantisedRows::from_wire(wire, content);
    let transformer = Transformer {
        heads: wire.heads,
        items: rows(wire.items)?,
        positions: rows(wire.positions)?,
        blocks: wire.blocks.into_iter().map(|wire| block_from_wire(wire, content)).collect::<Result<_, _>>()?,
        norm: wire.norm,
    };
    transformer.check()?;
    Ok(transformer)
}

fn block_to_wire(block: &Block) -> BlockWire<'_> {
    BlockWire {
        attention_norm: block.attention_norm.clone(),
        project: block.project.to_wire(),
        output: block.output.to_wire(),
        feed_norm: block.feed_norm.clone(),
        expand: block.expand.to_wire(),
        expand_bias: block.expand_bias.clone(),
        contract: block.contract.to_wire(),
        contract_bias: block.contract_bias.clone(),
    }
}

fn block_from_wire(wire: BlockWire<'_>, content: &Bytes) -> Result<Block, &'static str> {
    let rows = |wire| QuantisedRows::from_wire(wire, content);
    Ok(Block {
        attention_norm: wire.attention_norm,
        project: rows(wire.project)?,
        output: rows(wire.output)?,
        feed_norm: wire.feed_norm,
        expand: rows(wire.expand)?,
        expand_bias: wire.expand_bias,
        contract: rows(wire.contract)?,
        contract_bias: wire.contract_bias,
    })
}
