//! Decoders of other crates, which may panic where a file is damaged.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a decoder and gives its panic as an error, of which nothing is printed.
///
/// What the decoder holds must not be used after an error. Where panics abort, as in the browser, they still do.
pub(in crate::read) fn guarded<T>(decode: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                print(panic);
            }
        }));
    });
    IS_GUARDED.set(true);
    let decoded = catch_unwind(AssertUnwindSafe(decode));
    IS_GUARDED.set(false);
    decoded.unwrap_or_else(|_| Err("its content contradicts itself; it may be damaged".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_later_calls_go_on() {
        let broken: Result<(), String> = guarded(|| panic!("a broken page"));
        assert!(broken.unwrap_err().contains("damaged"));
        assert_eq!(guarded(|| Ok(3)), Ok(3));
        assert_eq!(guarded(|| Err::<(), _>("no".to_owned())), Err("no".to_owned()));
    }
}
