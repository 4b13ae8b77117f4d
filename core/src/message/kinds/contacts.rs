use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::field::Field;
use crate::message::kind::SimpleKind;
use crate::message::source::given;

declare! {
    /// Contact cards, 1 to 257.
    ///
    /// (Meta: "messages" reference, contacts object.)
    ///
    /// ```
    /// use wamid::{ContactCard, ContactPhone, Contacts};
    /// let shop = ContactCard::new("Asha's Books").phones([ContactPhone::new("+91 98765-43210").kind("WORK")]);
    /// let contacts = Contacts::new([shop]);
    /// ```
    kind Contacts = "contacts" {
        example r#"{"type":"contacts","contacts":[{"formatted_name":"Asha's Books","company":"Asha's Books","phones":[{"phone":"+91 98765-43210","type":"WORK","wa_id":"919876543210"}]}]}"#;
        required {
            /// The cards, 1 to 257.
            contacts: Vec<ContactCard> [1 ..=257],
        }
    }
}

declare! {
    /// A contact card.
    record ContactCard {
        required {
            /// The whole name, as it is shown. If none of the name parts below is given, it is sent as the first name too.
            formatted_name: String,
        }
        optional {
            /// The first name.
            first_name: String,
            /// The last name.
            last_name: String,
            /// The middle name.
            middle_name: String,
            /// The title before the name, such as `Dr`.
            prefix: String,
            /// The addition after the name, such as `Jr`.
            suffix: String,
            /// The company.
            company: String,
            /// The department in the company.
            department: String,
            /// The position in the company.
            title: String,
            /// The birthday, as `YYYY-MM-DD`.
            birthday: String [date],
        }
        lists {
            /// The phone numbers.
            phones: ContactPhone,
            /// The mail addresses.
            emails: ContactEmail,
            /// The web addresses.
            urls: ContactUrl,
            /// The postal addresses.
            addresses: ContactAddress,
        }
    }
}

declare! {
    /// A phone number of a contact card.
    record ContactPhone {
        required {
            /// The number, as it is shown.
            phone: String,
        }
        optional {
            /// What it is for, such as `HOME`, `WORK` or `CELL`.
            kind: String,
            /// The WhatsApp number, in digits. With it the card has a button to write, without it a button to invite.
            wa_id: String,
        }
    }
}

declare! {
    /// A mail address of a contact card.
    record ContactEmail {
        required {
            /// The address.
            email: String,
        }
        optional {
            /// What it is for, such as `HOME` or `WORK`.
            kind: String,
        }
    }
}

declare! {
    /// A web address of a contact card.
    record ContactUrl {
        required {
            /// The address.
            url: String,
        }
        optional {
            /// What it is for, such as `HOME` or `WORK`.
            kind: String,
        }
    }
}

declare! {
    /// A postal address of a contact card.
    record ContactAddress {
        optional {
            /// Street and number.
            street: String,
            /// The city.
            city: String,
            /// The state or region.
            state: String,
            /// The postal code.
            zip: String,
            /// The name of the country.
            country: String,
            /// The two letters of the country, such as `in`.
            country_code: String,
            /// What it is for, such as `HOME` or `WORK`.
            kind: String,
        }
    }
}

impl SimpleKind for Contacts {
    fn write_object(&self, out: &mut Writer) {
        out.list(&self.contacts, |out, card| card.write_meta(out));
    }
}

impl ContactCard {
    fn write_meta(&self, out: &mut Writer) {
        out.json(r#"{"name":{"formatted_name":"#);
        out.text(&self.formatted_name);
        let names = [
            (r#","first_name":"#, &self.first_name),
            (r#","last_name":"#, &self.last_name),
            (r#","middle_name":"#, &self.middle_name),
            (r#","prefix":"#, &self.prefix),
            (r#","suffix":"#, &self.suffix),
        ];
        names.iter().for_each(|(before, name)| out.optional_text(before, given(name)));
        // Meta refuses a name that has nothing but how it is shown.
        if names.iter().all(|(_, name)| given(name).is_none()) {
            out.optional_text(r#","first_name":"#, Some(&self.formatted_name));
        }
        out.json("}");
        out.optional_text(r#","birthday":"#, given(&self.birthday));
        // The parts of a card have Meta's names.
        write_list(out, r#","phones":"#, &self.phones);
        write_list(out, r#","emails":"#, &self.emails);
        write_list(out, r#","urls":"#, &self.urls);
        write_list(out, r#","addresses":"#, &self.addresses);
        let org = [("company", &self.company), ("department", &self.department), ("title", &self.title)];
        let mut start = r#","org":{"#;
        for (name, text) in org.iter().filter_map(|(name, text)| Some((name, given(text)?))) {
            out.json(start);
            out.text(name);
            out.json(":");
            out.text(text);
            start = ",";
        }
        out.json(if start == "," { "}}" } else { "}" });
    }
}

fn write_list<T: Field>(out: &mut Writer, before: &str, list: &[T]) {
    if !list.is_empty() {
        out.json(before);
        out.list(list, |out, part| part.write(out));
    }
}
