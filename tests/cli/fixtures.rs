//! Small data sets whose tastes are known: half of the viewers like films in space, half like films about love.

use crate::harness::Place;

/// Id, title and year. Ids begin with 0, as those of IMDb do.
pub(crate) const SPACE: [(&str, &str, u16); 10] = [
    ("0078748", "Alien", 1979),
    ("0090605", "Aliens", 1986),
    ("0083658", "Blade Runner", 1982),
    ("0133093", "The Matrix", 1999),
    ("0234215", "The Matrix Reloaded", 2003),
    ("0076759", "Star Wars", 1977),
    ("0088247", "The Terminator", 1984),
    ("0103064", "Terminator 2: Judgment Day", 1991),
    ("0062622", "2001: A Space Odyssey", 1968),
    ("0107290", "Jurassic Park", 1993),
];

pub(crate) const LOVE: [(&str, &str, u16); 10] = [
    ("0098635", "When Harry Met Sally...", 1989),
    ("0108160", "Sleepless in Seattle", 1993),
    ("0128853", "You've Got Mail", 1998),
    ("0109831", "Four Weddings and a Funeral", 1994),
    ("0125439", "Notting Hill", 1999),
    ("0100405", "Pretty Woman", 1990),
    ("0211915", "Amélie", 2001),
    ("0034583", "Casablanca", 1942),
    ("0314331", "Love Actually", 2003),
    ("0112471", "Before Sunrise", 1995),
];

/// A film that nobody has rated.
pub(crate) const UNSEEN: &str = "0000001";

pub(crate) const N_USERS: usize = 40;

/// Events of `u1` to `u40`: each likes 8 films of their taste, which is love where the number is odd, and dislikes 2 of
/// the other.
pub(crate) fn events() -> String {
    let mut events = "user,item,rating,timestamp\n".to_owned();
    for user in 1..=N_USERS {
        let (mine, other) = if user % 2 == 0 { (SPACE, LOVE) } else { (LOVE, SPACE) };
        let first = user / 2 % 10;
        let left_out = [first, (first + 1 + (user * 2 + user / 20) % 9) % 10];
        for (n, (id, ..)) in mine.iter().enumerate().filter(|(n, _)| !left_out.contains(n)) {
            let stars = if (user + n) % 3 == 0 { 4 } else { 5 };
            events.push_str(&format!("u{user},{id},{stars},{}\n", 1_000_000_000 + 1000 * user + (n * 7 + user) % 10));
        }
        for n in left_out {
            events.push_str(&format!("u{user},{},2,{}\n", other[n].0, 1_000_000_500 + 1000 * user + n));
        }
    }
    events
}

pub(crate) fn items() -> String {
    let mut items = "id,title,year,genres\n".to_owned();
    for (films, genres) in [(SPACE, "Science Fiction|Thriller"), (LOVE, "Romance|Comedy")] {
        for (id, title, year) in films {
            items.push_str(&format!("{id},{title},{year},{genres}\n"));
        }
    }
    items + UNSEEN + ",Nobody's Film,1950,Drama\n"
}

/// A place with the data set in `films/`.
pub(crate) fn films() -> Place {
    let place = Place::new();
    place.write("films/events.csv", events()).write("films/items.csv", items());
    place
}

/// A place that also has a model of it in `model/`.
pub(crate) fn trained() -> Place {
    let place = films();
    place.foldin("train films --factors 4 --no-evaluate");
    place
}

pub(crate) fn is_space(id: &str) -> bool {
    SPACE.iter().any(|(space, ..)| *space == id)
}

/// The films in the form of MovieLens 1M: `::` between columns, the year in the title, Latin-1.
pub(crate) fn write_as_movielens(place: &Place, folder: &str) {
    let ratings: Vec<String> = events().lines().skip(1).map(|line| line[1..].replace(',', "::")).collect();
    let mut movies = Vec::new();
    for (films, genres) in [(SPACE, "Sci-Fi"), (LOVE, "Romance|Comedy")] {
        for (id, title, year) in films {
            movies.extend(format!("{id}::").bytes());
            movies.extend(title.chars().map(|letter| letter as u32 as u8));
            movies.extend(format!(" ({year})::{genres}\n").bytes());
        }
    }
    place.write(&format!("{folder}/ratings.dat"), ratings.join("\n") + "\n");
    place.write(&format!("{folder}/movies.dat"), movies);
}
