"""The company's other systems: database dumps, partitions, archives, uploads. Makers of files, called after those of `generate`.

`g` holds what `generate` knows: its people, its chance and its sentences.
"""
from formats import Table, jpeg_with_exif, mysql_dump, postgres_dump, tar, zip_file, zstd
from writers import P, Text, flat

def crm_dump(out, g):
    """PostgreSQL: COPY with escapes and nulls, then INSERT."""
    rows = []
    for i in range(80):
        c = g.customers[120 + i]
        note = g.say(g.pick(["", "", "calls back\tafter 6", "old number {other_phone}", "path C:\\temp\\crm", "line one\nwrite to {other_email}"]), c)
        rows.append([P("customer_id", "customer", c.id), P("person_name", "customer", c.name), P("email", "customer", c.email),
                     None if i % 9 == 4 else P("phone", "customer", g.show(c.phone)), P("date_of_birth", "customer", c.dob.isoformat()),
                     P("address", "customer", g.one_line(c)), note])
    calls = []
    for i in range(25):
        c = g.pick(g.customers)
        calls.append([str(9000 + i), "2025-12-%02d 1%d:00:00+08" % (1 + i, i % 10), P("phone", "customer", g.show(c.phone, 0)),
                      g.say(g.pick(["it's {name}; mail {email}", "asked for {store_phone}", "gave card {card}, told not to", "no answer"]), c)])
    customers = Table("public.customers", "customer_id full_name email phone date_of_birth address note".split(), rows)
    postgres_dump(out, "exports/dumps/crm.pg.sql", customers, Table("public.calls", "id called_at caller_phone remark".split(), calls))

def shop_dump(out, g):
    """MySQL: extended INSERT with backslashes, hex literals and conditional comments."""
    rows = []
    for i in range(60):
        c = g.pick(g.customers)
        rows.append([str(500 + i), P("customer_id", "customer", c.id), P("email", "customer", c.email), P("phone", "customer", g.show(c.phone)),
                     P("ip_address", "customer", g.ip()), g.say(g.pick(["", "it\\'s \"{name}\"", "{addr}", "card {card}"]).replace("\\", ""), c)])
    staff = [[str(i), P("person_name", "staff", name), P("email", "staff", "%s@kainapp.example" % name.split()[0].lower())]
             for i, name in enumerate(g.WORDS["staff"])]
    mysql_dump(out, "exports/dumps/shop.mysql.sql.gz", Table("checkouts", "id customer_id email phone client_ip remark".split(), rows, hex_column=2),
               Table("staff", "id full_name email".split(), staff))

def legacy(out, g):
    """What the old call centre exported: UTF-16 with a byte order mark."""
    rows = []
    for i in range(40):
        c = g.customers[300 + i]
        rows.append([str(70000 + i), P("person_name", "customer", c.name), P("phone", "customer", g.show(c.phone)),
                     P("email", "customer", c.email), g.say(g.pick(["", "Niña's friend {other_phone}", "ask for {email}; urgent", "piñata 🎉"]), c)])
    out.csv("exports/legacy-calls.csv", ["ticket", "full_name", "phone", "email", "remark"], rows, delim=";", eol="\r\n", bom=True, encoding="utf-16-le")

def processor(out, g):
    """A card processor's report: masked cards, ids of its own, amounts. What can still be joined with a person is listed."""
    rows = []
    for i in range(90):
        c, number = g.pick(g.customers), g.word("cards")
        masked = (number[:6] + "*" * (len(number) - 10) + number[-4:], "X" * (len(number) - 4) + number[-4:], "**** **** **** " + number[-4:])[i % 3]
        rows.append(["ch_" + g.hexes(24), "cus_" + g.hexes(14), "2025-12-%02dT%02d:15:00Z" % (1 + i % 31, i % 24), masked,
                     "%02d/%02d" % (1 + i % 12, 27 + i % 4), g.pick(["PHP", "SGD", "USD"]), "%d.%02d" % (90 + g.below(2000), g.below(100)),
                     g.digits(23), P("email", "customer", c.email) if i % 4 else "", g.order_id(),
                     P("credit_card", "customer", number) if i in (17, 64) else ""])
    out.csv("exports/payments/processor-2025-12.csv", ["charge_id", "processor_customer", "created_utc", "card_masked", "expiry", "currency", "amount",
                                                       "acquirer_reference", "receipt_email", "order_id", "raw_pan"], rows)

def payouts(out, g):
    """Parquet partitions: a nested column, nulls, repeats that a dictionary holds."""
    for day, region in (("2025-12-30", "NCR"), ("2025-12-30", "VIS"), ("2025-12-31", "NCR"), ("2026-01-01", "NCR")):
        rows = []
        for i in range(50):
            r = g.pick(g.riders)
            rows.append({"payout_id": 880000 + i, "rider_id": r.id, "rider_name": P("person_name", "rider", r.name),
                         "contact": {"phone": P("phone", "rider", g.show(r.phone, 0)), "email": P("email", "rider", r.email) if i % 3 else None},
                         "iban": P("iban", "rider", g.iban("DE")) if i % 7 == 2 else None, "amount_cents": 1000 + g.below(90000),
                         "memo": g.say(g.pick(["", "weekly", "late, called {rider_phone}", "ref {ref}"]))})
        out.parquet("exports/payouts/dt=%s/region=%s/part-0.parquet" % (day, region), rows)

def archives(out, g):
    crashes, chats = [], []
    for day in (1, 2, 3):
        lines = []
        for i in range(40):
            at = "2025-12-%02d 0%d:%02d:%02d,%03d" % (day, g.below(10), g.below(60), g.below(60), g.below(1000))
            lines.append(Text([at, " [worker-%d] " % g.below(8)] + g.say(g.word("app_log"))))
            if i % 20 == 9:
                c = g.pick(g.customers)
                lines += [g.say(s, c) for s in g.WORDS["stack_trace"]]
        crashes.append(("crash/2025-12-%02d/app.log" % day, lines))
    path = "exports/archives/crash-2025-12.tar.zst"
    for name, lines in crashes:
        for i, line in enumerate(lines):
            out.note(path + "!" + name, i, "", line)
    out.write(path, zstd(tar([(name, "".join(flat(line) + "\n" for line in lines).encode()) for name, lines in crashes])))
    path = "exports/archives/chat-2025-12.zip"
    for day in (5, 6):
        records = []
        for i in range(30):
            c, r = g.pick(g.customers), g.pick(g.riders)
            records.append({"room": "ord-%d" % (4000 + i), "from": {"name": P("person_name", "customer", c.name), "phone": P("phone", "customer", g.show(c.phone))},
                            "to": {"rider": r.id}, "text": g.say(g.pick(["on my way to {addr}", "text me at {other_phone}", "gate is blue", "my mail is {email}"]), c)})
        name = "chat/2025-12-%02d.ndjson" % day
        chats.append((name, out.json_lines(path + "!" + name, records)))
    chats.append(("README.txt", b"Chats of two days. Keep for 30 days.\n"))
    out.write(path, zip_file(chats))

def uploads(out, g):
    """A customer's address book and a photo of a gate."""
    cards, owner = [], g.customers[7]
    path = "exports/uploads/%s-contacts.vcf" % owner.id
    escaped = lambda text: text.replace(",", "\\,")
    for i in range(25):
        p = owner if i == 0 else g.new_person(g.pick(["PH", "PH", "SG", "US"]))
        role = "customer" if i == 0 else "third_party"
        last, first = p.name.rsplit(" ", 1)[::-1] if " " in p.name else (p.name, "")
        phone = g.show(p.phone)
        said = [("FN", "person_name", p.name), ("N.family_name", "person_name", last), ("N.given_name", "person_name", first),
                ("TEL", "phone", phone), ("EMAIL", "email", p.email)]
        lines = ["BEGIN:VCARD", "VERSION:4.0", "FN:" + escaped(p.name), "N:%s;%s;;;" % (escaped(last), escaped(first)),
                 "TEL;TYPE=cell:" + phone, "EMAIL:" + p.email]
        if i % 3 == 1:
            lines.append("ADR;TYPE=home:;;%s;%s;%s;%s;%s" % (escaped(p.street), p.city, p.province, p.zip, p.country))
            said.append(("ADR.street", "address", p.street))
        if i % 5 == 2:
            lines.append("BDAY:" + p.dob.strftime("%Y%m%d"))
            said.append(("BDAY", "date_of_birth", p.dob.strftime("%Y%m%d")))
        for column, entity, value in said:
            if value:
                out.note(path, i, column, P(entity, role, value))
        cards += lines + ["END:VCARD"]
    folded = [line if len(line) <= 70 else line[:70] + "\r\n " + line[70:] for line in cards]
    out.write(path, ("\r\n".join(folded) + "\r\n").encode())
    path, artist, model, latitude, longitude = "exports/uploads/gate.jpg", g.new_person("PH").name, "EP-12", (14, 33, 12), (120, 58, 3)
    degrees = ["%.6f" % (d + m / 60 + s / 3600) for d, m, s in (latitude, longitude)]
    for column, entity, value in (("exif.model", "device_model", model), ("exif.artist", "person_name", artist),
                                  ("exif.gps_position", "gps_coordinates", ", ".join(degrees))):
        out.note(path, 0, column, P(entity, "customer", value))
    out.write(path, jpeg_with_exif("Example Phone", model, artist, latitude, longitude, "2025:12:05 18:22:41"))

MAKERS = (crm_dump, shop_dump, legacy, processor, payouts, archives, uploads)
