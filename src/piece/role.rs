//! The codes of the MARC relator list (Library of Congress), which name what a contributor did.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

/// Every code in use, in alphabetical order.
const CODES: &str = "abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att auc aud \
aue aui aup aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr cli cll clr clt cmm cmp cmt cnd cng cns \
coe col com con cop cor cos cot cou cov cpc cpe cph cpl cpt cre crp crr crt csl csp cst ctb cte ctg ctr cts ctt cur cwt \
dbd dbp dfd dfe dft dgc dgg dgs dis djo dln dnc dnr dpc dpt drm drt dsr dst dtc dte dtm dto dub edc edd edm edt egr elg \
elt eng enj etr evp exp fac fds fld flm fmd fmk fmo fmp fnd fon fpy frg gdv gis grt his hnr hst ill ilu ink ins inv isb \
itr ive ivr jud jug kng lbr lbt ldr led lee lel len let lgd lie lil lit lsa lse lso ltg ltr lyr mcp mdc med mfp mfr mka \
mod mon mrb mrk msd mte mtk mup mus mxe nan nrt onp opn org orm osp oth own pad pan pat pbd pbl pdr pfr pht plt pma pmn \
pnc pop ppm ppt pra prc prd pre prf prg prm prn pro prp prs prt prv pta pte ptf pth ptt pup rap rbr rcd rce rcp rdd red \
ren res rev rpc rps rpt rpy rse rsg rsp rsr rst rth rtm rxa sad sce scl scr sde sds sec sfx sgd sgn sht sll sng spk spn \
spy srv std stg stl stm stn str swd tad tau tcd tch ths tld tlg tlh tlp trc trl tyd tyg uvp vac vdg vfx voc wac wal wam \
wat waw wdc wde wfs wft wfw win wit wpr wst wts";

/// What authors write instead, and the code that they mean.
const NAMES: &[(&str, &str)] = &[
    ("author", "aut"),
    ("editor", "edt"),
    ("ed", "edt"),
    ("translator", "trl"),
    ("illustrator", "ill"),
    ("photographer", "pht"),
    ("interviewer", "ivr"),
    ("interviewee", "ive"),
    ("contributor", "ctb"),
    ("commentator", "cwt"),
    ("moderator", "mod"),
    ("reviewer", "rev"),
    ("compiler", "com"),
];

/// What a contributor did: a code of the MARC relator list. Only [`Role::parse`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Role(&'static str);

/// A text that is no code of the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no code of the MARC relator list")]
pub struct RoleError {
    /// What was written.
    pub text: String,
    /// The code that was probably meant.
    pub meant: Option<Role>,
}

impl Role {
    /// Who wrote the text.
    pub const AUTHOR: Self = Self("aut");

    /// Reads a code.
    ///
    /// # Errors
    /// [`RoleError`] when the list has no such code.
    pub fn parse(text: &str) -> Result<Self, RoleError> {
        known(text).map(Self).ok_or_else(|| RoleError {
            text: text.to_owned(),
            meant: meant(text),
        })
    }

    /// The code, of three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

// Derived, it would borrow the code from what is read.
impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// The code of the list that is this text.
fn known(text: &str) -> Option<&'static str> {
    CODES.split(' ').find(|code| *code == text)
}

/// The code that a name means.
fn meant(text: &str) -> Option<Role> {
    let text = text.to_lowercase();
    let text = text.trim_end_matches('.');
    let by_name = NAMES.iter().find(|(name, _)| *name == text);
    by_name
        .map(|(_, code)| *code)
        .or_else(|| known(text))
        .map(Role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_and_in_order() {
        for code in ["aut", "edt", "trl", "ill", "ctb", "wts"] {
            assert_eq!(Role::parse(code).map(Role::code), Ok(code));
        }
        for text in ["xyz", "AUT", "aut edt", "", "au"] {
            assert!(Role::parse(text).is_err(), "{text}");
        }
        assert_eq!(Role::parse(Role::AUTHOR.code()), Ok(Role::AUTHOR));
        assert!(CODES.split(' ').is_sorted_by(|a, b| a < b && b.len() == 3));
        let meant = Role::parse("Editor").err().and_then(|error| error.meant);
        assert_eq!(meant.map(Role::code), Some("edt"));
        assert!(NAMES.iter().all(|(_, code)| known(code).is_some()));
    }
}
