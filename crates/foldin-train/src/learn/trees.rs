//! The trees of a ranker: LambdaMART (Burges 2010), gradient boosting whose gradients are those of NDCG.
//!
//! The library `hessboost` grows the trees, from where a blend leaves off; what it gives is walked through once and put
//! into [`Trees`]. The same examples and settings give the same trees at any number of threads.

use foldin_core::{Blend, MAX_CUTS, MAX_LEAVES, N_FEATURES, Node, Trees};
use hessboost::config::GrowPolicy;
use hessboost::objective::LambdaRank;
use hessboost::prelude::Result;
use hessboost::prelude::{DMatrix, Objective, TrainingParams, TreeMethod, train};

use crate::rank::{Examples, RankerSettings};

/// Grows trees on top of a blend.
///
/// # Panics
/// If there is no example.
pub fn trees(examples: &Examples, blend: &Blend, settings: &RankerSettings) -> Trees {
    let model =
        grown(examples, blend, settings).expect("rows, labels and groups fit each other, and settings are in range");
    Trees::new(&model)
}

fn grown(examples: &Examples, blend: &Blend, settings: &RankerSettings) -> Result<Vec<Node>> {
    let labels: Vec<f32> = examples.liked.iter().map(|&liked| f32::from(u8::from(liked))).collect();
    let margins: Vec<f32> = examples.rows.iter().map(|row| blend.score(row)).collect();
    let data = DMatrix::from_dense(examples.rows.as_flattened(), examples.rows.len(), N_FEATURES)?
        .with_labels(&labels)?
        .with_group_sizes(&examples.sizes)?
        .with_base_margin(&margins)?;
    let params = TrainingParams::builder()
        .objective(Objective::RankNdcg(LambdaRank::new(settings.top)?))
        .tree_method(TreeMethod::Hist)
        .grow_policy(GrowPolicy::LossGuide)
        .unlimited_depth()
        .max_leaves(settings.leaves.min(MAX_LEAVES))
        .max_bin(MAX_CUTS.min(128))
        .min_child_weight(settings.min_leaf)
        .lambda(settings.ridge)
        .eta(settings.learning_rate)
        .seed(settings.seed)
        .nthread(rayon::current_num_threads())
        .build()?;
    let model = train(&params, &data, settings.trees)?;
    Ok(model.trees().iter().map(|tree| node(tree.nodes(), 0)).collect())
}

fn node(nodes: &[hessboost::tree::Node], place: usize) -> Node {
    let one = &nodes[place];
    if one.is_leaf() {
        return Node::Leaf(one.leaf_value);
    }
    let child = |place: i32| Box::new(node(nodes, place as usize));
    // Smaller values go left there; values up to the threshold go left here.
    let threshold = one.split_cond.next_down();
    Node::Split { feature: one.split_feature as usize, threshold, left: child(one.left), right: child(one.right) }
}
