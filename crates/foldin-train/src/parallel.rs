//! Work on all cores. The only file that knows of threads: without the feature `threads` everything runs on the calling
//! thread, as in a browser.
//!
//! Results come in the order of the input, so that they do not depend on the number of threads.

#[cfg(feature = "threads")]
use rayon::prelude::*;

/// How many threads share the work.
pub fn n_threads() -> usize {
    #[cfg(feature = "threads")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "threads"))]
    1
}

/// Decides how many threads share the work, before any of it begins; otherwise all cores do. Once something has run,
/// their number stays as it is.
#[cfg(feature = "threads")]
pub fn use_threads(n: usize) {
    // Fails only where the threads are there already.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(n).build_global();
}

/// What `of` gives for every item.
pub(crate) fn map<T: Sync, U: Send>(items: &[T], of: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    #[cfg(feature = "threads")]
    return items.par_iter().map(of).collect();
    #[cfg(not(feature = "threads"))]
    items.iter().map(of).collect()
}

/// What `of` gives for every item, or the first error.
pub(crate) fn try_map<T: Sync, U: Send, E: Send>(
    items: &[T],
    of: impl Fn(&T) -> Result<U, E> + Sync + Send,
) -> Result<Vec<U>, E> {
    map(items, of).into_iter().collect()
}

/// What `of` gives for every number below `n`.
pub(crate) fn map_up_to<U: Send>(n: usize, of: impl Fn(usize) -> U + Sync + Send) -> Vec<U> {
    map_up_to_with(n, || (), |(), number| of(number))
}

/// What `of` gives for every number below `n`, with a workspace per thread.
pub(crate) fn map_up_to_with<W, U: Send>(
    n: usize,
    workspace: impl Fn() -> W + Sync + Send,
    of: impl Fn(&mut W, usize) -> U + Sync + Send,
) -> Vec<U> {
    #[cfg(feature = "threads")]
    return (0..n).into_par_iter().map_init(workspace, of).collect();
    #[cfg(not(feature = "threads"))]
    {
        let mut workspace = workspace();
        (0..n).map(|number| of(&mut workspace, number)).collect()
    }
}

/// What `of` gives for every chunk of `size` values, by the chunk's number.
pub(crate) fn map_chunks<T: Sync, U: Send>(
    values: &[T],
    size: usize,
    of: impl Fn(usize, &[T]) -> U + Sync + Send,
) -> Vec<U> {
    #[cfg(feature = "threads")]
    return values.par_chunks(size).enumerate().map(|(n, chunk)| of(n, chunk)).collect();
    #[cfg(not(feature = "threads"))]
    values.chunks(size).enumerate().map(|(n, chunk)| of(n, chunk)).collect()
}

/// Calls `work` for every chunk of `size` values, by the chunk's number, with a workspace per thread.
pub(crate) fn for_chunks_mut<T: Send, W>(
    values: &mut [T],
    size: usize,
    workspace: impl Fn() -> W + Sync + Send,
    work: impl Fn(&mut W, usize, &mut [T]) + Sync + Send,
) {
    #[cfg(feature = "threads")]
    values.par_chunks_mut(size).enumerate().for_each_init(workspace, |workspace, (n, chunk)| work(workspace, n, chunk));
    #[cfg(not(feature = "threads"))]
    {
        let mut workspace = workspace();
        values.chunks_mut(size).enumerate().for_each(|(n, chunk)| work(&mut workspace, n, chunk));
    }
}

/// What `of` gives for chunks of two columns side by side, `sizes` values of each at a time, with a workspace per
/// thread.
pub(crate) fn map_chunks_of_both<T: Send, W, U: Send>(
    (first, second): (&mut [T], &mut [T]),
    sizes: (usize, usize),
    workspace: impl Fn() -> W + Sync + Send,
    of: impl Fn(&mut W, usize, &mut [T], &mut [T]) -> U + Sync + Send,
) -> Vec<U> {
    #[cfg(feature = "threads")]
    return first
        .par_chunks_mut(sizes.0)
        .zip(second.par_chunks_mut(sizes.1))
        .enumerate()
        .map_init(workspace, |workspace, (n, (first, second))| of(workspace, n, first, second))
        .collect();
    #[cfg(not(feature = "threads"))]
    {
        let mut workspace = workspace();
        let chunks = first.chunks_mut(sizes.0).zip(second.chunks_mut(sizes.1)).enumerate();
        chunks.map(|(n, (first, second))| of(&mut workspace, n, first, second)).collect()
    }
}

/// What `of` gives on so many threads.
#[cfg(test)]
pub(crate) fn on_threads<T: Send>(n: usize, of: impl FnOnce() -> T + Send) -> T {
    #[cfg(feature = "threads")]
    return rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("threads can be started").install(of);
    #[cfg(not(feature = "threads"))]
    of()
}
