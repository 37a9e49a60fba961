//! `foldin tune`: the best settings for a data set, searched on its validation part.

use std::time::Duration;

use foldin_core::Source;
use foldin_train::fingerprint::fingerprint;
use foldin_train::split::{SplitOptions, split};
use foldin_train::text::hex;
use foldin_train::train::{TrainSettings, train};
use foldin_train::tune::{Journal, SearchOptions, Standing, Task, Trial, choose_routes, search};

use super::read_dataset;
use crate::args::TuneArguments;
use crate::live::Live;
use crate::talk;
