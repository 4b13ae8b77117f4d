// Written by `cargo xtask generate` from core/src/message/kinds: the kinds of messages, their fields, and how Meta has them.
// A field is its name, `!` where it is needed or `/` where one of several is, and what it holds where that is no text.
// In `meta` a text `$field` stands for the value of a field, and a list `[$field, element]` for each element of one.

export const KINDS = {
  address_message: { class: 'AddressMessage', fields: ["body!","country!","values json","saved_addresses json","validation_errors json","footer"],
    meta: {"type":"interactive","interactive":{"type":"address_message","body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"name":"address_message","parameters":{"country":"$country","values":"$values","saved_addresses":"$saved_addresses","validation_errors":"$validation_errors"}}}} },
  audio: { class: 'Audio', fields: ["id/","link/","voice boolean"],
    meta: {"type":"audio","audio":{"id":"$id","voice":"$voice","link":"$link"}} },
  catalog: { class: 'Catalog', fields: ["body!","thumbnail_product_retailer_id","footer"],
    meta: {"type":"interactive","interactive":{"type":"catalog_message","body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"$thumbnail_product_retailer_id"}}}} },
  contact_request: { class: 'ContactRequest', fields: ["body!"],
    meta: {"type":"interactive","interactive":{"type":"request_contact_info","body":{"text":"$body"},"action":{"name":"request_contact_info"}}} },
  contacts: { class: 'Contacts', fields: ["contacts! [ContactCard]"],
    meta: {"type":"contacts","contacts":["$contacts",{"name":{"formatted_name":"$formatted_name","first_name":"$first_name","last_name":"$last_name","middle_name":"$middle_name","prefix":"$prefix","suffix":"$suffix"},"birthday":"$birthday","phones":["$phones",{"phone":"$phone","type":"$type","wa_id":"$wa_id"}],"emails":["$emails",{"email":"$email","type":"$type"}],"urls":["$urls",{"url":"$url","type":"$type"}],"addresses":["$addresses",{"street":"$street","city":"$city","state":"$state","zip":"$zip","country":"$country","country_code":"$country_code","type":"$type"}],"org":{"company":"$company","department":"$department","title":"$title"}}]} },
  cta_url: { class: 'CtaUrl', fields: ["body!","display_text!","url!","header Header","footer"],
    meta: {"type":"interactive","interactive":{"type":"cta_url","header":"$header","body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"name":"cta_url","parameters":{"display_text":"$display_text","url":"$url"}}}} },
  document: { class: 'Document', fields: ["id/","link/","caption","filename"],
    meta: {"type":"document","document":{"id":"$id","caption":"$caption","filename":"$filename","link":"$link"}} },
  flow: { class: 'Flow', fields: ["body!","button!","flow_id/","flow_name/","flow_token","flow_action","screen","data json","mode","header Header","footer"],
    meta: {"type":"interactive","interactive":{"type":"flow","header":"$header","body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"$flow_id","flow_cta":"$button","flow_token":"$flow_token","mode":"$mode","flow_action":"$flow_action","flow_action_payload":{"screen":"$screen","data":"$data"},"flow_name":"$flow_name"}}}} },
  image: { class: 'Image', fields: ["id/","link/","caption"],
    meta: {"type":"image","image":{"id":"$id","caption":"$caption","link":"$link"}} },
  list: { class: 'List', kotlin: 'ListMessage', fields: ["body!","button!","sections! [ListSection]","header","footer"],
    meta: {"type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"$header"},"body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"button":"$button","sections":["$sections",{"title":"$title","rows":["$rows",{"id":"$id","title":"$title","description":"$description"}]}]}}} },
  location: { class: 'Location', fields: ["latitude! number","longitude! number","name","address"],
    meta: {"type":"location","location":{"latitude":"$latitude","longitude":"$longitude","name":"$name","address":"$address"}} },
  location_request: { class: 'LocationRequest', fields: ["body!"],
    meta: {"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"$body"},"action":{"name":"send_location"}}} },
  product: { class: 'Product', fields: ["catalog_id!","product_retailer_id!","body","footer"],
    meta: {"type":"interactive","interactive":{"type":"product","body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"catalog_id":"$catalog_id","product_retailer_id":"$product_retailer_id"}}} },
  product_list: { class: 'ProductList', fields: ["body!","header!","catalog_id!","sections! [ProductSection]","footer"],
    meta: {"type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"$header"},"body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"catalog_id":"$catalog_id","sections":["$sections",{"title":"$title","product_items":["$product_retailer_ids",{"product_retailer_id":"$"}]}]}}} },
  raw: { class: 'Raw', fields: ["message_type!","object! json"] },
  reaction: { class: 'Reaction', fields: ["message_id!","emoji!"],
    meta: {"type":"reaction","reaction":{"message_id":"$message_id","emoji":"$emoji"}} },
  reply_buttons: { class: 'ReplyButtons', fields: ["body!","buttons! [ReplyButton]","header Header","footer"],
    meta: {"type":"interactive","interactive":{"type":"button","header":"$header","body":{"text":"$body"},"footer":{"text":"$footer"},"action":{"buttons":["$buttons",{"type":"reply","reply":{"id":"$id","title":"$title"}}]}}} },
  sticker: { class: 'Sticker', fields: ["id/","link/"],
    meta: {"type":"sticker","sticker":{"id":"$id","link":"$link"}} },
  template: { class: 'Template', fields: ["template_name!","language","components components","one_time_code","limited_time_offer_expires_at","header_params [parameter]","body_params [parameter]","buttons [button]","carousel [CarouselCard]"] },
  text: { class: 'Text', fields: ["message!","preview_url boolean"],
    meta: {"type":"text","text":{"body":"$message","preview_url":"$preview_url"}} },
  video: { class: 'Video', fields: ["id/","link/","caption"],
    meta: {"type":"video","video":{"id":"$id","caption":"$caption","link":"$link"}} },
};

/** What stands in fields of kinds and has fields of its own. */
export const RECORDS = {
  ContactPhone: { class: 'ContactPhone', fields: ["phone!","type","wa_id"] },
  ContactEmail: { class: 'ContactEmail', fields: ["email!","type"] },
  ContactUrl: { class: 'ContactUrl', fields: ["url!","type"] },
  ContactAddress: { class: 'ContactAddress', fields: ["street","city","state","zip","country","country_code","type"] },
  ContactCard: { class: 'ContactCard', fields: ["formatted_name!","first_name","last_name","middle_name","prefix","suffix","company","department","title","birthday","phones [ContactPhone]","emails [ContactEmail]","urls [ContactUrl]","addresses [ContactAddress]"] },
  HeaderMedia: { class: 'HeaderMedia', fields: ["type!","id/","link/","filename"] },
  ListRow: { class: 'ListRow', fields: ["id!","title!","description"] },
  ListSection: { class: 'ListSection', fields: ["rows! [ListRow]","title"] },
  ProductSection: { class: 'ProductSection', fields: ["product_retailer_ids! [text]","title"] },
  ReplyButton: { class: 'ReplyButton', fields: ["id!","title!"] },
  CarouselCard: { class: 'CarouselCard', fields: ["header_params [parameter]","body_params [parameter]","buttons [button]"] },
};

/** What is a text or a record. */
export const TEXT_OR = {
  Header: { class: 'Header', record: 'HeaderMedia' },
};

/** Fields that Kotlin needs in backticks. */
export const KOTLIN_KEYWORDS = ["object"];
