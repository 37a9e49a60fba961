//! The file format from outside: old files stay readable, and no bytes at all make a reader panic.

#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;
use std::sync::OnceLock;

use foldin_core::file::{self, FileError, FileKind};
use foldin_core::linalg::{QuantisedRows, QuantisedValues, SparseRows};
use foldin_core::model::ranker::{Blend, FEATURES, Node, Trees};
use foldin_core::model::transformer::{Block, Norm, Transformer};
use foldin_core::model::{
    About, Catalogue, CatalogueItem, Content, Damping, Descriptions, Details, Eighths, Factors, ItemLists, ItemMap,
    ItemScores, LossWeights, Model, Placement, Popularity, Ranker, RatingModel, Users, Weighting,
};
use foldin_core::{ItemIdx, Profile, Recommendation, Recommender, Request, Signal, Source, Strategy};
use proptest::prelude::*;

/// A small model with everything in it that a file can hold.
fn model() -> (Model, Descriptions, Users) {
    let films = [
        ("0078748", 40, Some(1979), &["Horror", "Science Fiction"][..], "Alien", &["Ridley Scott"][..]),
        ("0083658", 31, Some(1982), &["Science Fiction"], "Blade Runner", &["Ridley Scott", "neo-noir"]),
        ("0211915", 31, Some(2001), &["Comedy", "Romance"], "Amélie", &[]),
        ("0056801", 12, Some(1963), &["Drama"], "8½", &["Federico Fellini"]),
        ("x-1", 0, None, &[], "Untitled", &[]),
    ];
    let items = films.iter().map(|&(id, likes, year, genres, ..)| CatalogueItem {
        id: id.to_owned(),
        likes,
        year,
        genres: genres.iter().map(|&genre| genre.to_owned()).collect(),
    });
    let catalogue = Catalogue::new(items.collect());
    let film = |item: ItemIdx| films.iter().find(|film| film.0 == catalogue.id(item)).unwrap();
    let titles: Vec<&str> = catalogue.items().map(|item| film(item).4).collect();
    let tags: Vec<Vec<String>> =
        catalogue.items().map(|item| film(item).5.iter().map(|&tag| tag.to_owned()).collect()).collect();
    let descriptions = Descriptions::new(&catalogue, &titles, &tags);
    let stars = |stars| Signal::Stars(stars);
    let users = vec![
        ("9", vec![(ItemIdx(0), stars(5.0)), (ItemIdx(2), stars(0.5))]),
        ("10", vec![]),
        ("ann", vec![(ItemIdx(4), Signal::Liked), (ItemIdx(1), Signal::Seen), (ItemIdx(3), Signal::Disliked)]),
        ("zoe", vec![(ItemIdx(0), stars(5.0))]),
    ];
    let users = Users::new(&catalogue, users);
    let rows = [0.9, 0.1, -0.2, 0.7, 0.2, -0.1, -0.3, 0.8, 0.5, 0.1, 0.4, 0.6];
    let weights = LossWeights { alpha0: 0.25, reg: 0.0625, nu: 1.0, like_weight: 1.5 };
    let factors = Some(Factors::of_loss(QuantisedRows::quantise(&rows, 3), weights));
    let rating_model = Some(RatingModel {
        mean: 3.5,
        range: (0.5, 5.0),
        biases: QuantisedValues::quantise(&[0.5, 0.25, -0.125]),
        rows: QuantisedRows::quantise(&[0.9, 0.1, -0.2, 0.7, 0.2, -0.1], 2),
        uncertainties: QuantisedValues::quantise(&[0.5, 1.0, 1.5]),
        variances: vec![0.03125, 0.0625],
        regs: vec![3.0, 4.0, 5.0],
    });
    let about = About {
        data: "golden".to_owned(),
        simulated: true,
        n_users: 3,
        n_likes: 114,
        like_threshold: Some(4.0),
        program: "foldin 0.1.0".to_owned(),
    };
    let mut model = Model { factors, rating_model, ..Model::new(about, catalogue) };
    let lists = |rows: [&[(u32, f32)]; 4], weighting| Some(ItemLists { rows: SparseRows::quantise(rows), weighting });
    model.neighbours = lists(
        [&[(1, 0.5), (3, 0.25)], &[(0, 0.5), (4, 0.125)], &[], &[(0, 0.375)]],
        Weighting {
            damping: [(1, 0), (3, 2)].map(|(from, n)| Damping { from, exponent: Eighths(n) }).to_vec(),
            ..Weighting::default()
        },
    );
    model.ease = lists([&[(1, 0.5), (2, -0.25)], &[(0, 0.5)], &[(3, 0.75)], &[]], Weighting::default());
    let latest = Weighting { decay: 0.75, window: 2, damping: Vec::new() };
    model.sequence = lists([&[(1, 1.0)], &[(2, 0.5)], &[(3, 2.0)], &[(0, 1.0)]], latest);
    let terms: [&[(u32, f32)]; 5] = [&[(0, 0.5), (7, 0.5)], &[(0, 1.0)], &[(2, 1.0)], &[], &[(2, 0.25), (7, 0.5)]];
    model.content = Some(Content::new(SparseRows::quantise(terms)));
    model.popularity = Some(Popularity {
        recent: Some(ItemScores::quantise(&[3.0, 8.5, 2.0, 0.0, 0.0])),
        mean_ratings: Some(ItemScores::quantise(&[4.1, 4.3, 3.9, 4.2])),
    });
    model.ranker = Some(ranker());
    (model, descriptions, users)
}

/// A blend of the first features, and two trees.
fn ranker() -> Ranker {
    let split = |feature, threshold, left, right| Node::Split {
        feature,
        threshold,
        left: Box::new(left),
        right: Box::new(right),
    };
    let trees = [
        split(4, 0.5, Node::Leaf(-0.5), split(21, -1.0, Node::Leaf(0.25), Node::Leaf(1.0))),
        split(27, 1.5, Node::Leaf(0.125), Node::Leaf(-0.125)),
    ];
    let blend = Blend { weights: [vec![0.5, 1.0, 0.25], vec![0.25, 0.5], vec![], vec![1.0]] };
    Ranker { blend, trees: Some(Trees::new(&trees)) }
}

/// The model with a transformer of one block, and a tree that asks for what it says.
fn with_transformer(mut model: Model) -> Model {
    // Numbers of no meaning, between -1 and 1.
    let values =
        |from: usize, n: usize| -> Vec<f32> { (from..from + n).map(|n| (n * 37 % 65) as f32 / 32.0 - 1.0).collect() };
    let rows = |from, n_rows: usize, n_cols| QuantisedRows::quantise(&values(from, n_rows * n_cols), n_cols);
    let norm = |from| Norm { gain: values(from, 4), bias: values(from + 4, 4) };
    let block = Block {
        attention_norm: norm(1),
        project: rows(2, 12, 4),
        output: rows(3, 4, 4),
        feed_norm: norm(4),
        expand: rows(5, 8, 4),
        expand_bias: values(6, 8),
        contract: rows(7, 4, 8),
        contract_bias: values(8, 4),
    };
    let (items, positions) = (rows(9, 4, 4), rows(10, 3, 4));
    model.transformer = Some(Transformer { items, positions, heads: 2, blocks: vec![block], norm: norm(11) });
    let place = FEATURES.iter().position(|feature| feature.name == "transformer score").unwrap();
    let (left, right) = (Box::new(Node::Leaf(-0.5)), Box::new(Node::Leaf(0.5)));
    let tree = Node::Split { feature: place, threshold: 0.75, left, right };
    model.ranker = Some(Ranker { trees: Some(Trees::new(&[tree])), ..ranker() });
    model
}

/// The descriptions with a map.
fn with_map(descriptions: Descriptions) -> Descriptions {
    descriptions.with_map(ItemMap::new(&[[0.0, 1.0], [0.25, 0.75], [0.5, 0.125], [0.875, 0.0], [1.0, 0.5]]))
}

/// The descriptions with details.
fn with_details(descriptions: Descriptions) -> Descriptions {
    let urls = ["https://films.example/tt0078748", "https://films.example/tt0083658", "", "", "http://x.example/?1"];
    descriptions.with_details(Details::new(&urls, &["A crew meets something.", "", "", "A film about a film.", ""]))
}

/// The model with vectors that have no loss.
fn with_mean(mut model: Model) -> Model {
    let rows = QuantisedRows::quantise(&[1.0, 0.0, 0.9, 0.1, 0.0, 1.0, -0.1, 1.0], 2);
    model.factors = Some(Factors { rows, placement: Placement::Mean });
    model
}

/// The three files of the model, the show file with a map and that with details, and the score files with a transformer and
/// with a mean, encoded once.
fn files() -> &'static [(FileKind, Vec<u8>); 7] {
    static FILES: OnceLock<[(FileKind, Vec<u8>); 7]> = OnceLock::new();
    FILES.get_or_init(|| {
        let (model, descriptions, users) = model();
        [
            (FileKind::Score, file::write_score(&model)),
            (FileKind::Show, file::write_show(&descriptions)),
            (FileKind::Users, file::write_users(&users)),
            (FileKind::Show, file::write_show(&with_map(descriptions.clone()))),
            (FileKind::Show, file::write_show(&with_details(descriptions))),
            (FileKind::Score, file::write_score(&with_transformer(model.clone()))),
            (FileKind::Score, file::write_score(&with_mean(model))),
        ]
    })
}

/// Reads bytes as a file of a kind, and uses what comes out.
fn read(kind: FileKind, bytes: Vec<u8>) -> Result<(), FileError> {
    let (model, ..) = model();
    match kind {
        FileKind::Score => {
            let recommender = Recommender::new(file::read_score(&bytes.into())?);
            let likes: Vec<String> = {
                let catalogue = &recommender.model().catalogue;
                catalogue.items().take(3).map(|item| catalogue.id(item).to_owned()).collect()
            };
            let mut rated = Profile::new();
            likes.iter().zip([5.0, 0.5, 3.0]).for_each(|(id, stars)| rated.push(id, Signal::Stars(stars)));
            if let Some(rating_model) = &recommender.model().rating_model {
                let (lowest, highest) = rating_model.range;
                let within = |stars: f32| (lowest..=highest).contains(&stars);
                assert!(likes.iter().all(|id| recommender.predict(&rated, id).is_ok_and(within)));
            }
            let profile = Profile::liking(likes);
            let has = |strategy: &Strategy| match strategy {
                Strategy::Only(source) => recommender.model().has(*source),
                _ => true,
            };
            for strategy in Strategy::ALL.into_iter().filter(has) {
                let answer = recommender.recommend(&profile, &Request { strategy, ..Request::default() });
                let is_finite = |one: &Recommendation| {
                    let reasons =
                        || one.because.iter().all(|one| one.contribution.is_finite() && one.share.is_finite());
                    one.score.is_finite() && reasons()
                };
                assert!(answer.is_ok_and(|answer| answer.iter().all(is_finite)));
            }
        }
        FileKind::Show => {
            let descriptions = file::read_show(&bytes.into(), &model.catalogue)?;
            for item in model.catalogue.items() {
                std::hint::black_box((descriptions.title(item), descriptions.tags(item).count()));
                let url = descriptions.url(item, &model.catalogue);
                assert!(url.is_none_or(|url| url.starts_with("https://") || url.starts_with("http://")));
                std::hint::black_box(descriptions.about(item));
                if let Some(map) = descriptions.map() {
                    assert!(map.position(item).iter().all(|value| (0.0..=1.0).contains(value)));
                }
            }
        }
        FileKind::Users => {
            let users = file::read_users(&bytes.into(), &model.catalogue)?;
            users.ids().iter().for_each(|id| assert!(model.profile_of_user(&users, id).is_some()));
        }
    }
    Ok(())
}

/// Where a golden file of the current format lies: one for each kind, and one more for what is `special` in it.
fn golden(special: &str, kind: FileKind) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    folder.join(format!("format-{}{special}-{}.foldin", file::FORMAT, kind.name()))
}

#[test]
fn golden_files_are_read_and_written_to_the_byte() {
    for ((kind, bytes), special) in
        files().iter().zip(["", "", "-signals", "-map", "-details", "-transformer", "-mean"])
    {
        let path = golden(special, *kind);
        // A new format has no golden file yet: this writes it, for the next run and for the repository.
        if !path.exists() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            eprintln!("wrote {}; commit it", path.display());
        }
        let stored = std::fs::read(&path).unwrap();
        assert_eq!(read(*kind, stored.clone()), Ok(()), "{}", path.display());
        assert!(stored == *bytes, "{} differs from what is written now: is it a new format?", path.display());
    }
}

/// Version 1 of the users section held likes alone.
#[test]
fn a_users_file_of_version_1_holds_likes() {
    let (model, ..) = model();
    let bytes = std::fs::read(golden("", FileKind::Users)).unwrap();
    let users = file::read_users(&bytes.into(), &model.catalogue).unwrap();
    let history = |id| users.history(id).unwrap().collect::<Vec<_>>();
    assert_eq!(history("9"), [(ItemIdx(0), Signal::Liked), (ItemIdx(2), Signal::Liked)]);
    assert_eq!(history("ann"), [(ItemIdx(4), Signal::Liked)]);
    assert!(history("10").is_empty());
}

#[test]
fn every_golden_file_of_every_format_stays_readable() {
    let folder = golden("", FileKind::Score).parent().unwrap().to_owned();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = FileKind::ALL
            .into_iter()
            .find(|kind| path.to_string_lossy().ends_with(&format!("-{}.foldin", kind.name())));
        let kind = kind.unwrap_or_else(|| panic!("{} is of no kind", path.display()));
        assert_eq!(read(kind, std::fs::read(&path).unwrap()), Ok(()), "{}", path.display());
    }
}

#[test]
fn what_is_read_is_what_was_written() {
    let (before, descriptions, users) = model();
    let after = file::read_score(&files()[0].1.clone().into()).unwrap();
    assert_eq!(after.about, before.about);
    assert_eq!(after.factors, before.factors);
    assert_eq!(after.rating_model, before.rating_model);
    assert_eq!((&after.neighbours, &after.ease), (&before.neighbours, &before.ease));
    assert_eq!((&after.sequence, &after.content), (&before.sequence, &before.content));
    assert_eq!((&after.popularity, &after.ranker), (&before.popularity, &before.ranker));
    assert_eq!(after.catalogue.fingerprint(), before.catalogue.fingerprint());
    assert_eq!(file::read_show(&files()[1].1.clone().into(), &after.catalogue).unwrap(), descriptions);
    let mapped = file::read_show(&files()[3].1.clone().into(), &after.catalogue).unwrap();
    assert_eq!(mapped, with_map(descriptions.clone()));
    let detailed = file::read_show(&files()[4].1.clone().into(), &after.catalogue).unwrap();
    assert_eq!(detailed, with_details(descriptions));
    assert_eq!(detailed.url(ItemIdx(1), &after.catalogue).as_deref(), Some("https://films.example/tt0083658"));
    assert_eq!((detailed.about(ItemIdx(2)), detailed.about(ItemIdx(3))), (None, Some("A film about a film.")));
    assert_eq!(mapped.map().unwrap().position(ItemIdx(4)), [1.0, ItemMap::new(&[[0.5, 0.5]]).position(ItemIdx(0))[0]]);
    let read = file::read_users(&files()[2].1.clone().into(), &after.catalogue).unwrap();
    assert_eq!(read, users);
    let history: Vec<(ItemIdx, Signal)> = read.history("9").unwrap().collect();
    assert_eq!(history, [(ItemIdx(0), Signal::Stars(5.0)), (ItemIdx(2), Signal::Stars(0.5))]);
    assert!(read.history("nobody").is_none());
}

#[test]
fn a_file_of_another_kind_or_another_model_is_told_apart() {
    let [(_, score), (_, show), (_, users), ..] = files();
    let error = file::read_score(&show.clone().into()).unwrap_err();
    assert_eq!(error.to_string(), "this is a show file; expected a score file");
    let (mut other, ..) = model();
    other.catalogue = Catalogue::new(vec![CatalogueItem { id: "1".to_owned(), ..Default::default() }]);
    let show = file::read_show(&show.clone().into(), &other.catalogue).unwrap_err();
    assert_eq!(show, FileError::OtherModel { file: "show" });
    assert_eq!(show.code(), "other-model");
    let users = file::read_users(&users.clone().into(), &other.catalogue).unwrap_err();
    assert_eq!(users, FileError::OtherModel { file: "users" });
    assert!(file::read_show(&score.clone().into(), &other.catalogue).is_err());
}

#[test]
fn every_single_flipped_bit_is_noticed() {
    for (kind, bytes) in files() {
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(read(*kind, bytes).is_err(), "{} file, bit {bit}", kind.name());
        }
    }
}

#[test]
fn every_truncation_is_noticed() {
    for (kind, bytes) in files() {
        for length in 0..bytes.len() {
            assert!(read(*kind, bytes[..length].to_vec()).is_err(), "{} file, {length} bytes", kind.name());
        }
    }
}

#[test]
fn factors_without_a_loss_are_read_as_they_were_written_and_place_at_the_mean() {
    let model = with_mean(model().0);
    let bytes = file::write_score(&model).into();
    let section = file::list_sections(&bytes).unwrap().1.into_iter().find(|section| section.name == "factors").unwrap();
    assert_eq!(section.version, 2);
    let read = file::read_score(&bytes).unwrap();
    assert_eq!(read.factors, model.factors);
    let recommender = Recommender::new(read);
    let id = |n| recommender.id(ItemIdx(n)).to_owned();
    let request = Request { strategy: Strategy::Only(Source::Factors), k: 1, ..Request::default() };
    let answer = recommender.recommend(&Profile::liking([id(2)]), &request).unwrap();
    assert_eq!(recommender.id(answer[0].item), id(3));
}

#[test]
fn weights_that_no_training_gives_still_lead_to_finite_scores_and_reasons() {
    let (mut model, ..) = model();
    for (alpha0, reg, scale) in [(1e6, 1e-9, 1.0), (1e-9, 1e-9, 1e6), (1e-9, 1e-9, 1e-6)] {
        // All rows the same: the sum of their outer products has rank 1.
        let rows = QuantisedRows::quantise(&[scale, -scale, scale / 2.0].repeat(4), 3);
        model.factors = Some(Factors::of_loss(rows, LossWeights { alpha0, reg, nu: 1.0, like_weight: 1.0 }));
        let read = file::read_score(&file::write_score(&model).into()).unwrap();
        let answer = Recommender::new(read).recommend(&Profile::liking(["0078748", "0083658"]), &Request::default());
        for one in answer.unwrap() {
            assert!(one.score.is_finite() && one.because.iter().all(|reason| reason.contribution.is_finite()));
        }
    }
}

#[test]
fn contents_and_lists_of_absurd_scales_still_lead_to_finite_scores_and_reasons() {
    let (mut model, ..) = model();
    for scale in [1e-30_f32, 1e-20, 1e-10, 1e6] {
        let terms = [vec![(0, 1.0)], vec![(0, scale)], vec![(0, 0.5), (1, scale)], vec![(1, scale)], vec![(1, 1.0)]];
        model.content = Some(Content::new(SparseRows::quantise(terms)));
        let rows = SparseRows::quantise([[(1, scale), (2, 1.0)], [(2, scale), (3, -scale)]]);
        model.neighbours = Some(ItemLists { rows, weighting: Weighting::default() });
        assert!(read(FileKind::Score, file::write_score(&model)).is_ok());
    }
}

/// Puts right whatever checksums a change of content broke, so that the content itself is what is tried.
fn with_right_checksums(mut bytes: Vec<u8>) -> Vec<u8> {
    use xxhash_rust::xxh64::xxh64;
    let number = |bytes: &[u8], at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let n_sections = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    for entry in (0..n_sections).map(|n| 32 + 32 * n) {
        let (start, length) = (number(&bytes, entry + 8), number(&bytes, entry + 16));
        let checksum = xxh64(&bytes[start..start + length], 0);
        bytes[entry + 24..entry + 32].copy_from_slice(&checksum.to_le_bytes());
    }
    bytes[24..32].fill(0);
    let head = xxh64(&bytes[..32 + 32 * n_sections], 0);
    bytes[24..32].copy_from_slice(&head.to_le_bytes());
    bytes
}

#[test]
fn right_checksums_are_what_the_helper_above_makes() {
    files().iter().for_each(|(_, bytes)| assert!(with_right_checksums(bytes.clone()) == *bytes));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_give_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for kind in FileKind::ALL {
            prop_assert!(read(kind, bytes.clone()).is_err());
        }
    }

    /// Behind right checksums, anything may stand: a value or an error, but no panic.
    #[test]
    fn changed_content_gives_a_value_or_an_error(
        which in 0..5_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let (kind, bytes) = &files()[which];
        let mut bytes = bytes.clone();
        let first_content = 32 + 32 * u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
        for (place, value) in changes {
            let place = first_content + place.index(bytes.len() - first_content);
            bytes[place] = value;
        }
        let _ = read(*kind, with_right_checksums(bytes));
    }
}
