//! Pictures that were decoded and scaled lately: a preview reads the same photographs again at each save, and a large one takes
//! longer to decode than all the rest of its piece. Nothing is kept until somebody asks for it: a run over many pieces reads
//! each picture once.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::digest::Sha256;
use crate::piece::Image;

static KEPT: OnceLock<Mutex<Kept>> = OnceLock::new();

/// Begins to keep pictures, so many bytes of them at most; the first word counts.
#[cfg(feature = "preview")]
pub(crate) fn keep_pictures(most: usize) {
    KEPT.get_or_init(|| Mutex::new(Kept::new(most)));
}

/// The image of a file with this hash.
pub(super) fn decoded<E>(
    hash: Sha256,
    make: impl FnOnce() -> Result<Image, E>,
) -> Result<Image, E> {
    let key = Key::Decoded(hash);
    if let Some(Some(image)) = KEPT.get().and_then(|kept| lock(kept).find(&key)) {
        return Ok(image);
    }
    let image = make()?;
    if let Some(kept) = KEPT.get() {
        lock(kept).add(key, Some(image.clone()));
    }
    Ok(image)
}

/// What scaling an image to so many pixels gives.
pub(super) fn scaled(
    image: &Image,
    width: u32,
    height: u32,
    make: impl FnOnce() -> Option<Image>,
) -> Option<Image> {
    let Some(kept) = KEPT.get() else {
        return make();
    };
    let key = Key::Scaled(Arc::clone(&image.bytes), width, height);
    let found = lock(kept).find(&key);
    found.unwrap_or_else(|| {
        let small = make();
        lock(kept).add(key, small.clone());
        small
    })
}

fn lock(kept: &Mutex<Kept>) -> std::sync::MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a picture was made of.
#[derive(Debug)]
enum Key {
    /// A file, by its hash.
    Decoded(Sha256),
    /// These very bytes, and the size that was asked for.
    Scaled(Arc<[u8]>, u32, u32),
}

impl Key {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Decoded(one), Self::Decoded(two)) => one == two,
            (Self::Scaled(one, wide, high), Self::Scaled(two, width, height)) => {
                Arc::ptr_eq(one, two) && (wide, high) == (width, height)
            }
            _ => false,
        }
    }
}

/// Pictures, those that were asked for last at the end.
#[derive(Debug)]
struct Kept {
    most: usize,
    pictures: Vec<(Key, Option<Image>)>,
}

impl Kept {
    fn new(most: usize) -> Self {
        Self {
            most,
            pictures: Vec::new(),
        }
    }

    fn find(&mut self, key: &Key) -> Option<Option<Image>> {
        let at = self.pictures.iter().position(|(known, _)| known.is(key))?;
        let picture = self.pictures.remove(at);
        let image = picture.1.clone();
        self.pictures.push(picture);
        Some(image)
    }

    fn add(&mut self, key: Key, image: Option<Image>) {
        if self.find(&key).is_some() {
            return;
        }
        self.pictures.push((key, image));
        while self.size() > self.most && !self.pictures.is_empty() {
            self.pictures.remove(0);
        }
    }

    /// The bytes that are kept, those of which several know counted for each.
    fn size(&self) -> usize {
        let of = |(key, image): &(Key, Option<Image>)| {
            let source = match key {
                Key::Decoded(_) => 0,
                Key::Scaled(bytes, ..) => bytes.len(),
            };
            source + image.as_ref().map_or(0, |image| image.bytes.len())
        };
        self.pictures.iter().map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::ImageFormat;

    #[test]
    fn what_was_asked_for_last_is_kept_within_the_bytes_that_are_allowed() {
        let picture = |n: u8| Image::new(vec![n; 40], ImageFormat::Png, 4, 4);
        let key = |n: u8| Key::Decoded(Sha256::of(&[n]));
        let mut kept = Kept::new(100);
        for n in [1, 2] {
            kept.add(key(n), Some(picture(n)));
        }
        assert_eq!(kept.find(&key(1)), Some(Some(picture(1))));
        kept.add(key(3), Some(picture(3)));
        assert_eq!(kept.find(&key(2)), None);
        assert_eq!(kept.find(&key(1)), Some(Some(picture(1))));
        assert!(kept.size() <= 100);
        let (one, other) = (picture(7), picture(7));
        let of = |image: &Image, width| Key::Scaled(Arc::clone(&image.bytes), width, 2);
        kept.add(of(&one, 2), None);
        assert_eq!(kept.find(&of(&one, 2)), Some(None));
        assert_eq!(kept.find(&of(&one, 3)), None);
        assert_eq!(kept.find(&of(&other, 2)), None);
    }
}
