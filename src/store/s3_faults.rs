//! What a service and the libraries say of an error, and what has to be set right where that is the reason.

/// So many characters of what a service said are shown.
const SAID: usize = 400;

/// What has to be set right before anything can work; none where that is not the reason.
pub(super) fn fault(error: &object_store::Error) -> Option<String> {
    use object_store::Error;
    let whole = whole(error);
    // A listing that is refused comes as an error of no kind.
    let is_refused = matches!(
        error,
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. }
    ) || ["401 Unauthorized", "403 Forbidden"]
        .iter()
        .any(|status| whole.contains(&format!("status code: {status}")));
    let fault = if whole.contains("NoSuchBucket") {
        "there is no such bucket; make it first"
    } else if whole.contains("configured for https only") {
        "the address is plain http; set AWS_ALLOW_HTTP=true to allow that"
    } else if whole.contains("the service redirects to") {
        "the service sends requests on to another address, which is not followed, since the credentials would go along; set AWS_REGION or AWS_ENDPOINT_URL to where the bucket is"
    } else if is_refused {
        "the service refuses these credentials; look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, and at what they may do there"
    } else {
        return None;
    };
    Some(format!("{fault} ({})", said(error)))
}

/// What the libraries and the service said, on one line that is not too long.
pub(super) fn said(error: &object_store::Error) -> String {
    let whole = whole(error);
    match whole.char_indices().nth(SAID) {
        Some((end, _)) => format!("{} ...", &whole[..end]),
        None => whole,
    }
}

/// All that the libraries and the service said, on one line.
fn whole(error: &object_store::Error) -> String {
    let mut said = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !said.contains(&cause_text) {
            said = format!("{said}: {cause_text}");
        }
        source = cause.source();
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
