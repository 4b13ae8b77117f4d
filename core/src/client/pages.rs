//! The pages of a list, one after the other. A next page on another host is not asked: it would get the token.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{Error, ErrorKind};

/// More pages than any account has templates for.
const MOST_PAGES: usize = 1000;

/// A page of a list.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub(crate) struct Page<T> {
    #[serde(alias = "templates")]
    data: Vec<T>,
    paging: Option<Paging>,
}

#[derive(Debug, Deserialize)]
struct Paging {
    next: Option<String>,
}

/// Which pages were asked, and which one comes next.
#[derive(Debug)]
pub(crate) struct Pages {
    asked: Vec<Url>,
    next: Option<Url>,
}

impl Pages {
    pub(crate) fn new(first: Url) -> Self {
        Self { asked: Vec::new(), next: Some(first) }
    }

    /// Where the next page is; none after the last one.
    pub(crate) fn next(&mut self) -> Result<Option<Url>, Error> {
        let Some(address) = self.next.take() else { return Ok(None) };
        let first = self.asked.first().unwrap_or(&address);
        let place = |url: &Url| {
            (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port_or_known_default())
        };
        let why = if place(&address) != place(first) {
            format!(
                "The list goes on at {}, which is not the host that was asked, so it was not followed.",
                address.host_str().unwrap_or_default()
            )
        } else if self.asked.len() == MOST_PAGES {
            "The list has more than 1000 pages, so it was given up.".to_owned()
        } else if self.asked.contains(&address) {
            "The list has no end: its next page is one that was read already.".to_owned()
        } else {
            self.asked.push(address.clone());
            return Ok(Some(address));
        };
        Err(Error::new(ErrorKind::UnexpectedResponse, why))
    }

    /// What a page holds; it says where the list goes on.
    pub(crate) fn read<T>(&mut self, page: Page<T>) -> Result<Vec<T>, Error> {
        let following = page.paging.and_then(|paging| paging.next);
        let following = following.map(|url| Url::parse(&url)).transpose();
        self.next = following.map_err(|_| {
            let why = "The address of the list's next page is no URL.";
            Error::new(ErrorKind::UnexpectedResponse, why)
        })?;
        Ok(page.data)
    }
}
