//! What the columns of a table hold, told by their names.
//!
//! Names are compared without case and without anything but letters and digits: `User-ID`, `user id` and `userId` are
//! one name. Where several columns could hold the same, the name further left in a list is taken.

mod names;

use self::names::{
    ABOUT, COUNT, EVENT, GENRES, ID_ENDINGS, ITEM, MAKERS, OF_MANY, RATING, TAGS, TEXT, TIME, TITLE, URL, USER, YEAR,
};
use super::DatasetError;
use super::options::Columns;
use super::report::{ColumnsRead, ReadLog};

/// A column of an event file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RatingKind {
    /// Stars, points or thumbs.
    Stars,
    /// Plays, quantities.
    Count,
}

/// The columns of an event file, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EventColumns {
    pub user: usize,
    pub item: usize,
    pub rating: Option<(usize, RatingKind)>,
    pub time: Option<usize>,
    pub event: Option<usize>,
    /// What the item is called, where its name says so: `item_name`.
    pub title: Option<usize>,
    /// Whether the item is in a column that is only called `id`, which may number the lines.
    pub item_is_plain_id: bool,
}

impl EventColumns {
    /// How many columns a line needs: up to the last that is used. What follows may be missing.
    pub(super) fn n_needed(&self) -> usize {
        let optional = [self.rating.map(|rating| rating.0), self.time, self.event];
        optional.into_iter().flatten().fold(self.user.max(self.item), usize::max) + 1
    }

    /// The columns by their names, for the report.
    pub(super) fn read(&self, file: &str, names: &[String]) -> ColumnsRead {
        let name = |column: usize| Some(names[column].clone());
        let roles = Columns {
            user: name(self.user),
            item: name(self.item),
            rating: self.rating.and_then(|(column, _)| name(column)),
            time: self.time.and_then(name),
            event: self.event.and_then(name),
        };
        ColumnsRead { file: file.to_owned(), names: names.to_vec(), roles }
    }
}

/// The columns of a catalogue, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemColumns {
    pub id: usize,
    pub title: usize,
    pub year: Option<usize>,
    pub genres: Option<usize>,
    pub tags: Option<usize>,
    pub makers: Option<usize>,
    pub text: Option<usize>,
    /// Whether the text tells readers what an item is about, instead of being the item itself.
    pub text_is_about: bool,
    pub url: Option<usize>,
}

/// A name as it is compared: lower-case letters and digits, without a type such as RecBole's `:token`, and of a path such
/// as `review/score` the last part.
pub(super) fn normalised(name: &str) -> String {
    let name = name.split_once(':').filter(|(head, _)| !head.trim().is_empty()).map_or(name, |(head, _)| head);
    let name = name.rsplit_once('/').filter(|(_, last)| !last.trim().is_empty()).map_or(name, |(_, last)| last);
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The names in a first line, and which of them were asked for.
pub(super) struct Header {
    file: String,
    names: Vec<String>,
    normalised: Vec<String>,
    is_used: Vec<bool>,
}

impl Header {
    pub(super) fn new(file: &str, names: Vec<String>) -> Self {
        let normalised = names.iter().map(|name| normalised(name)).collect();
        let is_used = vec![false; names.len()];
        Header { file: file.to_owned(), names, normalised, is_used }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The columns of events, or which is missing.
    ///
    /// An error names the columns that are there and the option that decides.
    pub(super) fn events(&mut self, said: &Columns) -> Result<EventColumns, DatasetError> {
        let title = self.find_title_of_item();
        let asked = [&said.user, &said.item, &said.rating, &said.time, &said.event];
        let mut chosen = [None; 5];
        for (slot, name) in chosen.iter_mut().zip(asked) {
            *slot = name.as_deref().map(|name| self.named(name)).transpose()?;
        }
        let [user, item, rating, time, event] = chosen;
        let user = user.or_else(|| self.find_with_endings(USER));
        let (item, item_is_plain_id) = match item.or_else(|| self.find_with_endings(ITEM)) {
            Some(item) => (Some(item), false),
            None => {
                let id = self.position("id").filter(|_| !self.another_could_be_the_item());
                (self.take(id), true)
            }
        };
        let (Some(user), Some(item)) = (user, item) else {
            let missing = if user.is_none() { "user" } else { "item" };
            return Err(self.missing(missing, user, item));
        };
        let rating = rating
            .map(|column| {
                (column, if COUNT.contains(&&*self.normalised[column]) { RatingKind::Count } else { RatingKind::Stars })
            })
            .or_else(|| self.find_rating().map(|column| (column, RatingKind::Stars)))
            .or_else(|| self.find(COUNT).map(|column| (column, RatingKind::Count)));
        let time = time.or_else(|| self.find(TIME));
        let event = event.or_else(|| self.find(EVENT));
        Ok(EventColumns { user, item, rating, time, event, title: self.take(title), item_is_plain_id })
    }

    /// The columns of a catalogue, or which is missing.
    pub(super) fn items(&mut self) -> Result<ItemColumns, DatasetError> {
        let title = self.find(TITLE).or_else(|| {
            let title = self.find_title_of_item();
            self.take(title)
        });
        let id = self.position("id").or_else(|| self.position_with_endings(ITEM));
        let id = self.take(id);
        let (Some(id), Some(title)) = (id, title) else {
            let (missing, accepted) = if id.is_none() {
                ("id", &["id", "item_id", "product_id"])
            } else {
                ("title", &["title", "name", "product_name"])
            };
            return Err(DatasetError::ColumnMissing {
                file: self.file.clone(),
                missing,
                found: self.names.clone(),
                advice: format!("call it {}", accepted.join(", ")),
            });
        };
        let text = self.find(TEXT);
        Ok(ItemColumns {
            id,
            title,
            year: self.find(YEAR),
            genres: self.find(GENRES),
            tags: self.find(TAGS),
            makers: self.find(MAKERS),
            text,
            text_is_about: text.is_some_and(|column| ABOUT.contains(&&*self.normalised[column])),
            url: self.find(URL),
        })
    }

    /// Whether this is a file of events: a user and an item by their names.
    pub(super) fn has_events(&self) -> bool {
        self.position_with_endings(USER).is_some()
            && (self.position_with_endings(ITEM).is_some() || self.position("id").is_some())
    }

    /// Whether this is a catalogue: an id and a title, and nobody who acts.
    pub(super) fn has_items(&self) -> bool {
        let mut copy = Header::new(&self.file, self.names.clone());
        copy.items().is_ok()
            && USER
                .iter()
                .take(12)
                .all(|name| !self.normalised.iter().any(|own| own == name || *own == format!("{name}id")))
    }

    /// How much a file of events tells: a rating more than a time, a time more than nothing.
    pub(super) fn weight_of_events(&self) -> usize {
        let mut copy = Header::new(&self.file, self.names.clone());
        let rated = copy.find_rating().or_else(|| copy.find(COUNT)).is_some();
        let timed = copy.find(TIME).is_some();
        4 * usize::from(rated) + 2 * usize::from(timed) + usize::from(copy.find(EVENT).is_some())
    }

    /// The normalised name of the column of items, where this is a file of events.
    pub(super) fn item_name(&self) -> Option<String> {
        let columns = Header::new(&self.file, self.names.clone()).events(&Columns::default()).ok()?;
        Some(self.normalised[columns.item].clone())
    }

    /// Whether a column has this normalised name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.normalised.iter().any(|own| own == name)
    }

    /// The names as they are compared.
    pub(super) fn normalised(&self) -> &[String] {
        &self.normalised
    }

    /// Marks the rest as unused, for the report.
    pub(super) fn report_unused(&self, log: &mut ReadLog) {
        let unused =
            self.names.iter().zip(&self.is_used).filter(|(name, is_used)| !**is_used && !name.trim().is_empty());
        log.report.ignored_columns.extend(unused.map(|(name, _)| (self.file.clone(), name.clone())));
    }

    fn take(&mut self, column: Option<usize>) -> Option<usize> {
        if let Some(column) = column {
            self.is_used[column] = true;
        }
        column
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.normalised.iter().zip(&self.is_used).position(|(own, is_used)| own == name && !is_used)
    }

    fn find(&mut self, accepted: &[&str]) -> Option<usize> {
        let column = accepted.iter().find_map(|name| self.position(name));
        self.take(column)
    }

    /// A rating by its name, or one that only ends like one (`movie_rating`) and is not about many people.
    fn find_rating(&mut self) -> Option<usize> {
        self.find(RATING).or_else(|| {
            let ends = |name: &str| ["rating", "score", "stars"].iter().any(|end| name.ends_with(end));
            let of_many = |name: &str| OF_MANY.iter().any(|word| name.contains(word));
            let column = self
                .normalised
                .iter()
                .zip(&self.is_used)
                .position(|(name, is_used)| !is_used && ends(name) && !of_many(name));
            self.take(column)
        })
    }

    fn position_with_endings(&self, accepted: &[&str]) -> Option<usize> {
        accepted.iter().find_map(|base| ID_ENDINGS.iter().find_map(|ending| self.position(&format!("{base}{ending}"))))
    }

    fn find_with_endings(&mut self, accepted: &[&str]) -> Option<usize> {
        let column = self.position_with_endings(accepted);
        self.take(column)
    }

    /// `item_name`, `book-title`: the title of an item, in a file of events or of items.
    fn find_title_of_item(&self) -> Option<usize> {
        let short = ["prod", "lineitem", "art"];
        ITEM.iter()
            .chain(&short)
            .find_map(|base| ["title", "name"].iter().find_map(|ending| self.position(&format!("{base}{ending}"))))
    }

    /// Whether a column beside `id` looks as if it held items, under a name that is not known.
    fn another_could_be_the_item(&self) -> bool {
        let endings = ["id", "sku", "asin", "isbn", "code", "slug", "url", "key"];
        self.normalised
            .iter()
            .zip(&self.is_used)
            .any(|(name, is_used)| !is_used && name != "id" && endings.iter().any(|ending| name.ends_with(ending)))
    }

    /// A column that a person named, or numbered from 1.
    fn named(&mut self, name: &str) -> Result<usize, DatasetError> {
        let exact = self.names.iter().position(|own| own == name);
        let alike = || self.normalised.iter().position(|own| *own == normalised(name) && !own.is_empty());
        let numbered =
            || name.parse::<usize>().ok().filter(|number| (1..=self.names.len()).contains(number)).map(|n| n - 1);
        let column = exact.or_else(alike).or_else(numbered);
        self.take(column).ok_or_else(|| DatasetError::ColumnMissing {
            file: self.file.clone(),
            missing: "name in --columns",
            found: self.names.clone(),
            advice: format!("there is no column {name}; name one of those, or number it from 1"),
        })
    }

    /// The error of a file without a user or an item, with the option that would decide filled in.
    fn missing(&mut self, missing: &'static str, user: Option<usize>, item: Option<usize>) -> DatasetError {
        let rating = self.find_rating().or_else(|| self.find(COUNT));
        let time = self.find(TIME);
        let event = self.find(EVENT);
        let mut free = (0..self.names.len()).filter(|column| !self.is_used[*column] && !self.names[*column].is_empty());
        let mut said = |column: Option<usize>, needed: bool| {
            let column = column.or_else(|| if needed { free.next() } else { None })?;
            let name = &self.names[column];
            // A file that is no table has no names to repeat.
            let is_name = name.chars().count() <= 40 && !name.chars().any(char::is_control);
            Some(if is_name { name.clone() } else { "COLUMN".to_owned() })
        };
        let columns = Columns {
            user: said(user, true).or_else(|| Some("COLUMN".to_owned())),
            item: said(item, true).or_else(|| Some("COLUMN".to_owned())),
            rating: said(rating, false),
            time: said(time, false),
            event: said(event, false),
        };
        DatasetError::ColumnMissing {
            file: self.file.clone(),
            missing,
            found: self.names.clone(),
            advice: format!("say which is which, for example --columns \"{columns}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Header {
        Header::new("events.csv", names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn found(names: &[&str]) -> EventColumns {
        header(names).events(&Columns::default()).unwrap()
    }

    /// The names of the user, the item, the rating and the time of a header.
    fn roles(names: &[&str]) -> [String; 4] {
        let columns = found(names);
        let name = |column: Option<usize>| column.map_or(String::new(), |column| names[column].to_owned());
        [Some(columns.user), Some(columns.item), columns.rating.map(|rating| rating.0), columns.time].map(name)
    }

    #[test]
    fn headers_of_well_known_data_sets_are_understood() {
        assert_eq!(roles(&["User-ID", "ISBN", "Book-Rating"]), ["User-ID", "ISBN", "Book-Rating", ""]);
        assert_eq!(
            roles(&["rating", "title", "asin", "parent_asin", "user_id", "timestamp"]),
            ["user_id", "parent_asin", "rating", "timestamp"]
        );
        assert_eq!(
            roles(&["Id", "ProductId", "UserId", "ProfileName", "Score", "Time"]),
            ["UserId", "ProductId", "Score", "Time"]
        );
        assert_eq!(
            roles(&["timestamp", "visitorid", "event", "itemid", "transactionid"]),
            ["visitorid", "itemid", "", "timestamp"]
        );
        assert_eq!(
            roles(&[
                "Invoice",
                "StockCode",
                "Description",
                "Quantity",
                "InvoiceDate",
                "Price",
                "Customer ID",
                "Country"
            ]),
            ["Customer ID", "StockCode", "Quantity", "InvoiceDate"]
        );
        assert_eq!(
            roles(&["order_id", "product_id", "add_to_cart_order", "reordered"])[..2],
            ["order_id", "product_id"]
        );
        assert_eq!(roles(&["t_dat", "customer_id", "article_id", "price"]), ["customer_id", "article_id", "", "t_dat"]);
        assert_eq!(
            roles(&["user_id:token", "item_id:token", "rating:float"])[..3],
            ["user_id:token", "item_id:token", "rating:float"]
        );
        assert_eq!(
            roles(&["event_date", "event_timestamp", "event_name", "user_pseudo_id", "item_id", "item_name"]),
            ["user_pseudo_id", "item_id", "", "event_timestamp"]
        );
        assert_eq!(
            roles(&["reviewerID", "asin", "overall", "unixReviewTime"]),
            ["reviewerID", "asin", "overall", "unixReviewTime"]
        );
    }

    #[test]
    fn a_plain_id_is_an_item_only_where_no_other_column_could_be() {
        assert!(found(&["user", "id"]).item_is_plain_id);
        assert!(header(&["user", "id", "thing_sku2id"]).events(&Columns::default()).is_err());
        assert!(!found(&["id", "user", "item"]).item_is_plain_id);
    }

    #[test]
    fn what_a_person_says_wins_over_names() {
        let said = "user=buyer,item=3".parse().unwrap();
        let columns = header(&["user", "buyer", "thing", "item"]).events(&said).unwrap();
        assert_eq!((columns.user, columns.item), (1, 2));
        let unknown = "user=nobody".parse().unwrap();
        let error = header(&["user", "item"]).events(&unknown).unwrap_err().to_string();
        assert!(error.contains("no column nobody"), "{error}");
    }

    #[test]
    fn an_average_of_many_is_no_rating() {
        assert_eq!(found(&["user", "item", "average_rating", "movie_rating"]).rating, Some((3, RatingKind::Stars)));
        assert_eq!(found(&["user", "item", "avg_score"]).rating, None);
    }

    #[test]
    fn a_missing_column_gives_the_option_filled_in() {
        let error = header(&["who", "what", "Score"]).events(&Columns::default()).unwrap_err().to_string();
        assert!(
            error.contains("who, what, Score") && error.contains("--columns \"user=who,item=what,rating=Score\""),
            "{error}"
        );
    }

    #[test]
    fn catalogues_and_events_are_told_apart() {
        assert!(header(&["ISBN", "Book-Title", "Book-Author"]).has_items());
        assert!(!header(&["User-ID", "Location", "Age"]).has_items());
        assert!(!header(&["user_id", "business_id", "name"]).has_items());
        assert!(header(&["article_id", "product_code", "prod_name"]).has_items());
        assert!(header(&["user_id", "book_id"]).has_events() && !header(&["order_id", "user_id"]).has_events());
    }
}
