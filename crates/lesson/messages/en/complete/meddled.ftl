# Somebody on the way, who changes what the two say to each other.
# Placeholders: $client and $server are nouns such as “browser” and “shop”.

scenario-way-nothing-about = What one side sends is what the other gets.
scenario-way-hide-about = Both could speak TLS 1.3. Somebody on the way takes it off the offer, so that TLS 1.2 is the best that is left. No connection comes of it.
scenario-way-hide-sign-about = Both could speak TLS 1.3. Somebody on the way takes it off the offer, so that TLS 1.2 is the best that is left, and hides the traces. No connection comes of it.
scenario-way-ask-about = Somebody on the way asks for TLS 1.1, which is no longer safe, in the client’s place. The server speaks nothing so old, and no version is agreed on.
scenario-way-change-about = Somebody on the way wants other words to arrive than were sent.

story-way-hide = **Somebody on the way changes this message.** Where the { $client } offers TLS 1.3, in *supported_versions*, a number arrives that means
    nothing. So to the { $server } it looks as if the { $client } spoke TLS 1.2 at best.
story-way-hide-sign = **Somebody on the way changes this message.** The last eight bytes of the { $server }’s random are a sign: “I speak TLS 1.3 too”. Others arrive,
    so that the client does not see it.
story-way-ask = **Somebody on the way changes this message.** Instead of what the { $client } speaks, TLS 1.1 at best arrives at the { $server }. That version has been forbidden since
    RFC 8996 (March 2021).
story-way-change = **Somebody on the way changes this record.** One bit of what is encrypted arrives turned over.
story-way-change-letter = **Somebody on the way changes this record.** One bit of what is encrypted arrives turned over. Encryption alone would not help: where the { $client } wrote “{ $old }”, the { $server } would
    read “{ $new }”. That is what the tag is for.
story-way-arrives = The same record, as it arrives
story-way-arrives-note = { $count ->
        [one] Byte { $first } (0x{ $hex }, counted from 0) is another: `{ $old }` was sent, `{ $new }` arrives.
       *[other] { $count } bytes are others, from byte { $first } (0x{ $hex }, counted from 0) on: `{ $old }` was sent there, `{ $new }` arrives.
    }
story-way-refused =
    Whoever stands between the two can always break their connection. What they could not do is change it unnoticed.
story-way-refused-old =
    The { $server } did not notice that anything was changed. It speaks nothing so old with anybody, so there was nothing to gain.
story-known-arrived = { $title }, as it arrived

story-server-hello-sign =
    The last eight bytes of the random are not random: `44 4f 57 4e 47 52 44 01`, in letters “DOWNGRD” and a 1. This is how the { $server } says that it speaks TLS 1.3,
    and that it chose 1.2 only because it saw no offer of more.

story-lane-changed = changed on the way
story-check-unproved-p1 =
    The { $server } signed the random that it sent, and another one arrived. So the { $client } looks whether the signature fits what it got, and it does not.
story-lane-unproved = The signature does not fit
story-check-unproved-title = The { $client } finds no proof that this is the { $server }
story-check-unproved-line = Your certificate is good. But the signature that came along does not fit what I heard, so it proves nothing.

story-refused-data =
    The alert is fatal: the connection is over. The words were not handed on to the application, not even in part. The { $other } learns this number and no more.

story-why-downgrade = you speak TLS 1.3 and so do I, yet you answered in TLS 1.2
story-why-version = I do not speak so old a version
story-why-record = what arrived is not what you sent

check-sign = No sign of a newer version
reason-sign = The server’s random ends in the sign of a server that speaks TLS 1.3. With this client it would not have chosen 1.2.
