//! Command lines of the form `--name value`, declared as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

/// What a program is for and what it understands.
pub(crate) struct Program {
    /// Its name, as in `--example NAME`.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) purpose: &'static str,
    /// Its options.
    pub(crate) options: &'static [Parameter],
}

/// An option.
pub(crate) struct Parameter {
    /// Its name, without dashes.
    pub(crate) name: &'static str,
    /// What stands behind it; nothing if it is a switch.
    pub(crate) value: Option<&'static str>,
    /// Whether it must be given.
    pub(crate) required: bool,
    /// What it does.
    pub(crate) help: &'static str,
}

/// The options that both programs share.
pub(crate) const SUITES: Parameter = optional(
    "suites",
    "A,B",
    "the cipher suites, the best first, by their IANA names [every one but those of CCM]",
);
pub(crate) const GROUPS: Parameter = optional(
    "groups",
    "A,B",
    "the groups for (EC)DHE, the best first [x25519,secp256r1,secp384r1, and before \
     these, for a server, X25519MLKEM768,SecP256r1MLKEM768]",
);
pub(crate) const ALPN: Parameter = optional(
    "alpn",
    "a,b",
    "the application protocols, the best first [none]",
);
pub(crate) const MINIMUM: Parameter = optional("min", "1.2|1.3", "the oldest version [1.2]");
pub(crate) const MAXIMUM: Parameter = optional("max", "1.2|1.3", "the newest version [1.3]");
pub(crate) const PSK: Parameter = optional(
    "psk",
    "HEX",
    "a key that the other side has too (TLS 1.3, suites with SHA-256)",
);
pub(crate) const PSK_IDENTITY: Parameter = optional("psk-identity", "NAME", "its name");
pub(crate) const KEY_UPDATE: Parameter = switch(
    "key-update",
    "take new keys once connected, and ask the peer to do the same (TLS 1.3)",
);
pub(crate) const KEYLOG: Parameter = optional(
    "keylog",
    "FILE",
    "append each connection's secrets (RFC 9850), for Wireshark and its like",
);
pub(crate) const HELP: Parameter = switch("help", "say this");

/// What was given.
pub(crate) struct Arguments {
    program: &'static Program,
    values: BTreeMap<&'static str, Vec<String>>,
}

/// An option that must be given, with its value.
pub(crate) const fn required(
    name: &'static str,
    value: &'static str,
    help: &'static str,
) -> Parameter {
    Parameter {
        name,
        value: Some(value),
        required: true,
        help,
    }
}

/// An option with a value.
pub(crate) const fn optional(
    name: &'static str,
    value: &'static str,
    help: &'static str,
) -> Parameter {
    Parameter {
        name,
        value: Some(value),
        required: false,
        help,
    }
}

/// An option without a value.
pub(crate) const fn switch(name: &'static str, help: &'static str) -> Parameter {
    Parameter {
        name,
        value: None,
        required: false,
        help,
    }
}

impl Program {
    /// Reads the command line of this process; `Ok(None)` if help was asked for, and printed.
    pub(crate) fn arguments(&'static self) -> Result<Option<Arguments>, String> {
        let mut values = BTreeMap::<_, Vec<String>>::new();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            if word == "-h" || word == "--help" {
                print!("{}", self.help());
                return Ok(None);
            }
            let (name, inline) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let found = name.strip_prefix("--").and_then(|name| self.find(name));
            let Some(parameter) = found else {
                return Err(format!("{word} is no option\n{}", self.usage()));
            };
            let value = match (parameter.value, inline) {
                (None, None) => String::new(),
                (None, Some(_)) => return Err(format!("{name} takes no value")),
                (Some(_), Some(value)) => value,
                (Some(what), None) => words
                    .next()
                    .ok_or_else(|| format!("{name} wants a value: {name} {what}"))?,
            };
            values.entry(parameter.name).or_default().push(value);
        }
        let missing =
            |parameter: &&Parameter| parameter.required && !values.contains_key(parameter.name);
        match self.options.iter().find(missing) {
            Some(parameter) => Err(format!("--{} is missing\n{}", parameter.name, self.usage())),
            None => Ok(Some(Arguments {
                program: self,
                values,
            })),
        }
    }

    fn find(&self, name: &str) -> Option<&'static Parameter> {
        self.options.iter().find(|parameter| parameter.name == name)
    }

    fn usage(&self) -> String {
        let mut text = format!("usage: {}", self.name);
        for Parameter {
            name,
            value,
            required,
            ..
        } in self.options
        {
            let value = value.map_or_else(String::new, |value| format!(" {value}"));
            let _never = match required {
                true => write!(text, " --{name}{value}"),
                false => write!(text, " [--{name}{value}]"),
            };
        }
        text.push('\n');
        text
    }

    fn help(&self) -> String {
        let mut text = format!("{}\n{}\n\n", self.purpose, self.usage());
        for Parameter {
            name, value, help, ..
        } in self.options
        {
            let left = format!("--{name} {}", value.unwrap_or_default());
            let _never = writeln!(text, "  {left:<22} {help}");
        }
        text
    }
}

impl Arguments {
    /// The value given last, if any was.
    pub(crate) fn value(&self, parameter: &Parameter) -> Option<&str> {
        self.values(parameter).last().map(String::as_str)
    }

    /// The value of an option that must be given.
    pub(crate) fn required(&self, parameter: &Parameter) -> Result<&str, String> {
        let missing = || format!("--{} is missing\n{}", parameter.name, self.program.usage());
        self.value(parameter).ok_or_else(missing)
    }

    /// All values given.
    pub(crate) fn values(&self, parameter: &Parameter) -> &[String] {
        self.values.get(parameter.name).map_or(&[], Vec::as_slice)
    }

    /// Whether the option is there.
    pub(crate) fn has(&self, parameter: &Parameter) -> bool {
        self.values.contains_key(parameter.name)
    }

    /// The values between the commas; `None` if the option was not given.
    pub(crate) fn list(&self, parameter: &Parameter) -> Option<Vec<&str>> {
        let value = self.value(parameter)?;
        Some(
            value
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .collect(),
        )
    }
}
