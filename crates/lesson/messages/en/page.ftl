# The page’s own words: what stands around the lessons.

## Every page

page-title = { $name } · Padlock
page-title-handshake = Watch a TLS handshake happen
page-skip = Skip to the content
page-nav-label = Pages
page-nav-handshake = Handshake
page-nav-certificate = Certificate
page-nav-read = Read
page-nav-workshop = Make
page-nav-failures = Failures
page-nav-compare = Compare
page-nav-speed = Two kinds of keys
page-theme = Theme
page-theme-system = System
page-theme-light = Light
page-theme-dark = Dark
page-share = Copy link
page-share-copied = Link copied
page-share-refused = This browser does not let the page copy. Here is the link:
page-close = Close
page-eavesdropper = Eavesdropper

## An address that names no page

page-unknown-heading = There is no such page
page-unknown-text = This address asks for a page “{ $name }”, which Padlock does not have. Perhaps the link was shortened or mistyped. These pages exist:
page-about-handshake = watch a connection being set up, step by step and byte by byte
page-about-certificate = what a certificate says, and what is not in it
page-about-read = open any certificate, and see whether it would be believed
page-about-workshop = make certificates of your own, and use them
page-about-failures = what can be wrong with a certificate, and what comes of it
page-about-compare = two handshakes side by side
page-about-speed = why TLS uses asymmetric and symmetric cryptography, both

## What is wrong with an address

page-problem-step = The address asks for step “{ $value }”, which is not a number from 1. The first step is shown instead.
page-problem-beyond = The address asks for step { $step }, but this story has { $count }. The last step is shown instead.
page-problem-view = The address asks for a view “{ $value }”, which does not exist. The step is shown in words instead.
page-problem-certificate = The address asks for certificate “{ $value }”, which is not a number from 1. The first one is shown instead.

page-problem-certificates = The address asks for certificate { $number }, but this run has { $count }. The last one is shown instead.

## The sentence that says what is run

page-handshake-heading = Watch a TLS handshake happen
page-handshake-lead =
    It is [TLS](term:tls), once called [SSL](term:ssl), that turns `http` into `https`. Below, a browser and a server really run it, in this page.
    Press **Next**, read along, and open whatever you like.
page-handshake-lead-servers =
    What servers say to each other, [TLS](term:tls) protects too. Below, two of them really run it, in this page.
    Press **Next**, read along, and open whatever you like.
page-sentence = { $setting } by { $exchange }{"\u2060"}. The server’s certificate is { $certificate }, the client’s is { $client }.
page-sentence-alone = { $setting } by { $exchange }{"\u2060"}.
page-finer = More choices
page-finer-suite = The cipher suite is { $suite }{"\u2060"}. On the way, { $way }{"\u2060"}.
page-finer-both = The cipher suite is { $suite }{"\u2060"}, and fresh keys are made in the group { $group }{"\u2060"}. On the way, { $way }{"\u2060"}.
page-choice-way = What happens on the way
page-choice-suite = Cipher suite
page-choice-group = Group
page-sentence-label = What is run
page-setting-shop = A browser connects to a shop
page-setting-payroll = Two servers exchange payroll data
page-choice-setting = Who talks to whom
page-choice-exchange = Key exchange
page-choice-certificate = The server’s certificate
page-choice-client = The client’s certificate
page-historical = historical: forbidden in TLS 1.2 since RFC 10015 (July 2026)
page-new-run = New run
page-run = From the [seed](term:seed) `{ $seed }…`
page-running =
    { $done ->
        [0] The handshake is about to run …
       *[other] The handshake is running …
    }

## Where to go once a story is over

page-further-heading = What now?
page-further-exchange = The same by { $exchange }
page-further-way = The same, where { $way }
page-further-certificate = The same, where the server’s certificate is { $certificate }
page-further-compare = The same side by side with today’s handshake
page-further-classic = The same side by side with the classic handshake
page-further-thief = What a thief of the server’s key can read later
page-thief-name = The thief
along-heading = Take this run along
along-go = As files: keys, packets, JSON
page-further-certificates = What the certificates of this run say

## The stage

page-stage-title = The conversation
page-stage-all = Show all { $count } steps
page-encrypted = encrypted:
page-to-server = to the server
page-to-client = to the client
page-bytes-short = { $count } B
page-overheard = An **eavesdropper** on the wire has so far:
page-overheard-nothing = An **eavesdropper** on the wire has nothing so far.
page-overheard-no-secret = and no secret.
page-overheard-secret = and **a secret of the connection**: it is not safe.

## A step

page-step-place = Step { $step } of { $count } · { $stage }
page-views-label = Views of this step
page-view-words = In words
page-view-bytes = Bytes
page-view-computed = What was computed
page-view-knowledge = Who knows what
page-truth-wire = as on the wire
page-truth-inside = really done, nothing sent
page-truth-simplified = simplified
page-truth-historical = historical
page-quote-from = { $name } writes
page-checks-label = The checks, in order
page-checks-authority =
    { $count ->
        [one] One more check on the authority
       *[other] { $count } more checks on the authority
    }: { $passed } passed, none failed
page-checks-authority-all =
    { $count ->
        [one] One more check on the authority, passed
       *[other] { $count } more checks on the authority, all passed
    }
page-checks-others =
    { $count ->
        [one] One check on another certificate
       *[other] { $count } checks on other certificates
    }
page-check-passed = passed
page-check-failed = failed
page-check-not-reached = not reached

## Bytes

page-bytes-none = no bytes
page-bytes-size =
    { $count ->
        [one] { $count } byte
       *[other] { $count } bytes
    }
page-bytes-all = Show all { $count } bytes
page-bytes-less = Show less
page-bytes-view-none = No bytes travel in this step, and none are taken apart.
page-copy-hex = Copy hex
page-copied = Copied
page-copy-refused = This browser does not let the page copy.
page-artefact-on-wire = on the wire
page-artefact-hidden = never on the wire
page-hex-label = The bytes of: { $name }
page-hex-hint = Arrow keys go from byte to byte, Home and End to the ends of a row, with Control to the first and the last byte. The field that a byte belongs to is told.
page-hex-invitation = Point at a byte or at a field, and the other lights up. The ground changes where the next field begins.
page-hex-byte = Byte { $at }, { $value }:
page-fields-label = The fields of: { $name }
page-field-empty = no bytes
page-field-byte = byte { $at }
page-field-bytes = bytes { $first }–{ $last } ({ $length } bytes)

## What was computed

page-computed-none = Nothing is computed in this step.
page-computed-inputs = Made of
page-computed-formula = Formula:

## Who knows what

page-knowledge-none = There is no value yet that anybody could know.
page-knowledge-caption = Who knows which value once this step is over
page-knowledge-value = Value
page-knowledge-new = new
page-knowledge-secret = secret
page-knows-made = its own
page-knows-computed = worked it out
page-knows-read = read it
page-knows-sealed = sees it encrypted
page-knows-no = does not know it

## The controls

page-controls-label = Going through the steps
page-restart = Back to the first step
page-back = One step back
page-play = Play
page-pause = Pause
page-forward = Next step
page-next = Next
page-end = To the last step
page-scrubber = Step
page-scrubber-value = Step { $step } of { $count }: { $title }
page-speed-label = Speed
page-speed-value = { $factor }×

## The certificate card

page-card-label = What the certificate says
page-card-domain = Subject domain
page-card-organization = Subject organisation
page-card-issuer = Issuing CA
page-card-names = Alternative names
page-card-issued = Issue date
page-card-expires = Expiry date
page-card-key = Public key
page-card-signature = The CA’s signature
page-card-signature-value = { $algorithm }, { $count } bytes
page-card-none = not given
page-card-place = Show the bytes: { $name }
page-card-subject = Subject (an authority)
page-card-private = Private key
page-card-private-text = **not in it**: it stays with its owner
page-date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }, { $time } UTC

## The certificate page

page-certificate-heading = What a certificate says
page-certificate-intro =
    A [certificate](term:certificate) binds a name to a public key, and
    a [certification authority](term:certification-authority) signs that. These are the certificates of the run: the
    server’s own, and those that lead from it to the root that the client trusts.
page-certificate-chain = The certificates of the run
page-certificate-none = There are no certificates in this run. Both sides were given a key instead.
page-certificate-private =
    The [private key](term:private-key) is **not** in the certificate. The certificate can be copied by anyone, so it
    does not prove who is at the other end. Its owner has to show that they hold the private key: a server in the
    handshake, an authority by what it signs.
page-certificate-bytes = Every field and every byte
page-certificate-bytes-text =
    A certificate is a structure in [DER](term:der). The authority signed exactly the bytes of `tbsCertificate`.
page-certificate-back = See it in the handshake
