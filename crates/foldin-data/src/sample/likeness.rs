//! How much alike films are, before any viewer has looked at them.

use indexmap::IndexSet;

use super::films::{Film, Films, YEARS};

/// Cosine of genre vectors, each genre weighted by how rare it is: that two films are dramas says little.
pub(super) fn genre_closeness(genre_sets: &IndexSet<Vec<String>>, films: &[Film]) -> Vec<Vec<f64>> {
    let names: IndexSet<&String> = genre_sets.iter().flatten().collect();
    let rarity = |genre: &&String| {
        let n_films = films.iter().filter(|film| film.record.genres.contains(genre)).count();
        (films.len() as f64 / n_films as f64).ln()
    };
    let rarities: Vec<f64> = names.iter().map(rarity).collect();
    let vector = |set: &Vec<String>| -> Vec<f64> {
        let genres = names.iter().zip(&rarities);
        let vector: Vec<f64> = genres.map(|(name, rarity)| if set.contains(name) { *rarity } else { 0.0 }).collect();
        let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
        vector.into_iter().map(|x| x / length).collect()
    };
    let vectors: Vec<Vec<f64>> = genre_sets.iter().map(vector).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum();
    vectors.iter().map(|a| vectors.iter().map(|b| dot(a, b)).collect()).collect()
}

/// How many films are much like each, itself included: there are hundreds of dramas, and few silent comedies.
pub(super) fn crowds(films: &Films) -> Vec<f64> {
    let crowd = |film: &Film| -> f64 {
        let genres = &films.genre_closeness[film.genre_set];
        let eras = era_closeness_to(film.year);
        let likeness = |other: &Film| {
            let elsewhere = if film.region == other.region { 1.0 } else { 0.1 };
            elsewhere * genres[other.genre_set].powi(3) * eras[(other.year - YEARS.start()) as usize]
        };
        films.films.iter().map(likeness).sum()
    };
    films.films.iter().map(crowd).collect()
}

/// How close every year of [`YEARS`] is to `year`, from 0 to 1: a bell over the logarithm of age, as ten years mean more
/// among new films than among old ones.
pub(super) fn era_closeness_to(year: i32) -> Vec<f64> {
    let log_age = |year: i32| f64::from(2045 - year).ln();
    let distance = |other: i32| (log_age(other) - log_age(year)) / 0.3;
    YEARS.map(|other| (-0.5 * distance(other).powi(2)).exp()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_genres_in_common_make_films_closer() {
        let csv = "id,title,year,genres,tags,fame\n\
            a,A,1950,Western|Drama,director:X,9\nb,B,1960,Western,director:X,9\n\
            c,C,1970,Drama,director:Y,9\nd,D,1980,Comedy|Drama,director:Y,9\ne,E,1990,Comedy,director:Y,9\n";
        let films = Films::parse(csv).unwrap();
        let close = |a: usize, b: usize| films.genre_closeness[films.films[a].genre_set][films.films[b].genre_set];
        assert!((close(0, 0) - 1.0).abs() < 1e-12);
        assert!(close(0, 1) > close(0, 2), "{} {}", close(0, 1), close(0, 2));
        assert_eq!(close(1, 4), 0.0);
    }

    #[test]
    fn ten_years_mean_more_among_new_films() {
        let close = |a: i32, b: i32| era_closeness_to(a)[(b - YEARS.start()) as usize];
        assert_eq!(close(1999, 1999), 1.0);
        assert!(close(2010, 2020) < close(1950, 1960), "{} {}", close(2010, 2020), close(1950, 1960));
        assert!((close(1930, 2000) - close(2000, 1930)).abs() < 1e-12);
    }

    #[test]
    fn a_recent_drama_has_more_like_it_than_an_old_film_from_japan() {
        let films = Films::built_in();
        let crowds = crowds(&films);
        let crowd = |id: &str| crowds[films.films.iter().position(|film| &*film.id == id).unwrap()];
        assert!(crowd("manchester-by-the-sea") > 3.0 * crowd("seven-samurai"));
        assert!(crowds.iter().all(|&crowd| crowd >= 1.0));
    }
}
