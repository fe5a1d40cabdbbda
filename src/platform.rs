//! What the page asks of the place it runs in, and nothing else does.
//!
//! Each wish is a small trait with two answers: the browser's, and a fixed one that makes a page
//! reproducible in tests and renders it where there is no browser. Components get them from
//! [`Platform`] and call them in effects and events only.

use std::fmt;
use std::rc::Rc;

use padlock_lesson::text::{English, Locale};

pub mod address;
pub mod clipboard;
pub mod clock;
pub mod entropy;
pub mod files;
pub mod locale;
pub mod program;
pub mod roots;
#[cfg(feature = "complete")]
pub mod save;
pub mod screen;
#[cfg(feature = "complete")]
pub mod smith;
pub mod storage;

use address::{Address, BrowserAddress, FixedAddress};
use clipboard::{BrowserClipboard, Clipboard, FixedClipboard};
use clock::{BrowserClock, Clock, FixedClock};
use entropy::{BrowserEntropy, Entropy, FixedEntropy};
#[cfg(feature = "complete")]
use files::BrowserFiles;
use files::{Files, FixedFiles};
use locale::BrowserLocale;
use program::{BrowserProgram, FixedProgram, Program};
#[cfg(feature = "complete")]
use roots::BrowserRoots;
use roots::{FixedRoots, Roots};
#[cfg(feature = "complete")]
use save::{BrowserSave, FixedSave, Save};
use screen::{BrowserScreen, FixedScreen, Screen};
#[cfg(feature = "complete")]
use smith::{BrowserSmith, FixedSmith, Smith};
use storage::{BrowserStorage, MemoryStorage, Storage};

/// The place that the page runs in.
#[derive(Clone)]
pub struct Platform {
    /// The address bar.
    pub address: Rc<dyn Address>,
    /// Where copied text goes.
    pub clipboard: Rc<dyn Clipboard>,
    /// What time it is.
    pub clock: Rc<dyn Clock>,
    /// Where the seed of a new run comes from.
    pub entropy: Rc<dyn Entropy>,
    /// Files that the reader opens.
    pub files: Rc<dyn Files>,
    /// How the reader's language writes numbers.
    pub locale: Rc<dyn Locale>,
    /// How much of Padlock has been loaded.
    pub program: Rc<dyn Program>,
    /// The roots that Mozilla trusts.
    pub roots: Rc<dyn Roots>,
    /// Files that the reader takes along.
    #[cfg(feature = "complete")]
    pub save: Rc<dyn Save>,
    /// What is on view, and how.
    pub screen: Rc<dyn Screen>,
    /// Who makes RSA keys.
    #[cfg(feature = "complete")]
    pub smith: Rc<dyn Smith>,
    /// What is remembered until the next visit.
    pub storage: Rc<dyn Storage>,
}

impl Platform {
    /// The browser.
    #[must_use]
    pub fn browser() -> Self {
        Self {
            address: Rc::new(BrowserAddress::default()),
            clipboard: Rc::new(BrowserClipboard),
            clock: Rc::new(BrowserClock),
            entropy: Rc::new(BrowserEntropy),
            // The first program opens none, and fetches no roots.
            #[cfg(feature = "complete")]
            files: Rc::new(BrowserFiles),
            #[cfg(not(feature = "complete"))]
            files: Rc::new(FixedFiles),
            locale: Rc::new(BrowserLocale::new("en")),
            program: Rc::new(BrowserProgram::default()),
            #[cfg(feature = "complete")]
            roots: Rc::new(BrowserRoots),
            #[cfg(not(feature = "complete"))]
            roots: Rc::new(FixedRoots),
            #[cfg(feature = "complete")]
            save: Rc::new(BrowserSave),
            screen: Rc::new(BrowserScreen),
            #[cfg(feature = "complete")]
            smith: Rc::new(BrowserSmith),
            storage: Rc::new(BrowserStorage::default()),
        }
    }

    /// A place where nothing moves, opened at `hash`.
    #[must_use]
    pub fn fixed(hash: &str) -> Self {
        Self {
            address: Rc::new(FixedAddress::new(hash)),
            clipboard: Rc::new(FixedClipboard::default()),
            clock: Rc::new(FixedClock::default()),
            entropy: Rc::new(FixedEntropy),
            files: Rc::new(FixedFiles),
            locale: Rc::new(English),
            program: Rc::new(FixedProgram),
            roots: Rc::new(FixedRoots),
            #[cfg(feature = "complete")]
            save: Rc::new(FixedSave),
            screen: Rc::new(FixedScreen),
            #[cfg(feature = "complete")]
            smith: Rc::new(FixedSmith),
            storage: Rc::new(MemoryStorage::default()),
        }
    }
}

impl PartialEq for Platform {
    /// Two are equal if they are the same place.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.address, &other.address)
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Platform")
    }
}
