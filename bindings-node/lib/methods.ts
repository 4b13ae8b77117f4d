// Written by `cargo xtask generate` from the declarations of the core.
import type { Ask, Held, TransferOptions } from './asked';
import type { CallOptions } from './calls';
import { callSite } from './errors';
import type {
  Blocking,
  BlockUsersArguments,
  BusinessProfile,
  CheckTemplateArguments,
  CreatedTemplate,
  CreateTemplateArguments,
  DeleteMediaArguments,
  DeleteTemplateArguments,
  Download,
  DownloadMediaArguments,
  DownloadMediaToArguments,
  EditTemplateArguments,
  MarkReadArguments,
  MediaInfo,
  MediaInfoArguments,
  RequestArguments,
  SendRecord,
  SendsArguments,
  TemplateInfo,
  TemplatesArguments,
  UnblockUsersArguments,
  UpdateProfileArguments,
  UploadMediaArguments,
} from './operations';
import type { Json } from './parameters';

const BLOCK_FAILURE: Held = {};
const BLOCKING: Held = { failed: BLOCK_FAILURE };
const CREATED_TEMPLATE: Held = {};
const DOWNLOAD: Held = { data: 'bytes' };
const SEND_RECORD: Held = { created_at: 'instant', updated_at: 'instant' };
const TEMPLATE_INFO: Held = { components: 'json', raw: 'json' };
const MEDIA_INFO: Held = { raw: 'json' };
const BUSINESS_PROFILE: Held = { raw: 'json' };

/** What a client does besides sending. */
export class Operations {
  readonly #ask: Ask;
  readonly #transfer: Ask;

  constructor(ask: Ask, transfer: Ask) {
    this.#ask = ask;
    this.#transfer = transfer;
  }

  /**
   * Blocks users: they can no longer write to the business, and get no messages from it.
   *
   * Meta takes only users who wrote in the last 24 hours. More than 1,000 go in several requests. (Meta: "block
   * users".)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  blockUsers(given: BlockUsersArguments, options?: CallOptions): Promise<Blocking> {
    return this.#ask('block_users', given, callSite(this.blockUsers), options, BLOCKING);
  }

  /**
   * Lists the blocked users. Each is given by its address: the phone with country code, or the user id.
   *
   * (Meta: "block users".)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  blockedUsers(options?: CallOptions): Promise<string[]> {
    return this.#ask('blocked_users', {}, callSite(this.blockedUsers), options);
  }

  /**
   * Holds a template message to its template, as `templates` lists it. It asks nobody.
   *
   * What Meta would refuse with 132000, 132001, 132012 or 132018 is an `invalid_input` that names what does not fit by
   * its path: the count, the kind or the name of a parameter, the medium of the header, a button's index or type, the
   * cards of a carousel, a missing offer or code, the name, the language, or a template that is not approved
   * (`template.status`). What cannot be told from the template is left to Meta.
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  checkTemplate(given: CheckTemplateArguments, options?: CallOptions): Promise<void> {
    return this.#ask('check_template', given, callSite(this.checkTemplate), options);
  }

  /**
   * Makes a template, which Meta then reviews.
   *
   * (Meta: "message templates" reference, create.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  createTemplate(given: CreateTemplateArguments, options?: CallOptions): Promise<CreatedTemplate> {
    return this.#ask('create_template', given, callSite(this.createTemplate), options, CREATED_TEMPLATE);
  }

  /**
   * Deletes a file at Meta. Messages that were sent with it keep it.
   *
   * (Meta: "media" reference, delete media.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  deleteMedia(given: DeleteMediaArguments, options?: CallOptions): Promise<void> {
    return this.#ask('delete_media', given, callSite(this.deleteMedia), options);
  }

  /**
   * Deletes a template: in all languages, or only the one of that id. Its name is blocked for 30 days.
   *
   * (Meta: "message templates" reference, delete.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  deleteTemplate(given: DeleteTemplateArguments, options?: CallOptions): Promise<void> {
    return this.#ask('delete_template', given, callSite(this.deleteTemplate), options);
  }

  /**
   * Fetches a file that a customer sent, or that was uploaded, into memory. Its SHA-256 is checked.
   *
   * The access token goes only to Meta's own hosts. For large files use `download_media_to`. (Meta: "media" reference,
   * download media.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  downloadMedia(given: DownloadMediaArguments, options?: TransferOptions): Promise<Download> {
    return this.#transfer('download_media', given, callSite(this.downloadMedia), options, DOWNLOAD);
  }

  /**
   * Fetches a file that a customer sent, or that was uploaded, onto the disk. The answer is the path.
   *
   * It is written beside the path and renamed once it is whole and its SHA-256 is right: an interrupted download leaves
   * no file. Memory stays flat.
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  downloadMediaTo(given: DownloadMediaToArguments, options?: TransferOptions): Promise<string> {
    return this.#transfer('download_media_to', given, callSite(this.downloadMediaTo), options);
  }

  /**
   * Changes a template that is approved, rejected or paused. Its components are replaced as a whole.
   *
   * (Meta: "message templates" reference, edit.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  editTemplate(given: EditTemplateArguments, options?: CallOptions): Promise<void> {
    return this.#ask('edit_template', given, callSite(this.editTemplate), options);
  }

  /**
   * Asks Meta's Graph API for anything that has no operation here, and gives its answer as it is.
   *
   * GET, PUT and DELETE are tried again as reads are, POST as a send is: only where it surely had no effect.
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  request(given: RequestArguments, options?: CallOptions): Promise<Json> {
    return this.#ask('request', given, callSite(this.request), options, 'json');
  }

  /**
   * Lists what is on record of sends, the newest first: to look before you send again what may have gone out.
   *
   * A cloud client reads its `store`, and knows the sends of its own number. A gateway client asks its gateway, which
   * tells of the sends that were made with the same API key. Status webhooks keep the record up to date.
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  sends(given: SendsArguments = {}, options?: CallOptions): Promise<SendRecord[]> {
    return this.#ask('sends', given, callSite(this.sends), options, SEND_RECORD);
  }

  /**
   * Lists the templates of the business account.
   *
   * `name` and `status` are asked of Meta, and all four filters hold for the answer. Pages are followed. A gateway is
   * asked for no more than the filters and `limit` leave. (Meta: "message templates" reference.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  templates(given: TemplatesArguments = {}, options?: CallOptions): Promise<TemplateInfo[]> {
    return this.#ask('templates', given, callSite(this.templates), options, TEMPLATE_INFO);
  }

  /**
   * Looks up a file at Meta: its type, size and SHA-256, and where it can be fetched.
   *
   * Ids of uploaded files live 30 days, those of webhooks 7 days. (Meta: "media" reference, retrieve media url.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  mediaInfo(given: MediaInfoArguments, options?: CallOptions): Promise<MediaInfo> {
    return this.#ask('media_info', given, callSite(this.mediaInfo), options, MEDIA_INFO);
  }

  /**
   * Marks a customer's message as read. Earlier messages of the conversation are marked too. The customer sees blue
   * ticks.
   *
   * Meta takes messages of the last 30 days. With `typing` the customer sees that an answer is being written, until it
   * comes or 25 seconds are over. Twice is the same as once, so it is tried again also where the outcome is unknown.
   * (Meta: "mark messages as read", "typing indicators".)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  markRead(given: MarkReadArguments, options?: CallOptions): Promise<void> {
    return this.#ask('mark_read', given, callSite(this.markRead), options);
  }

  /**
   * Reads the profile that customers see of the business number.
   *
   * (Meta: "business profiles".)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  profile(options?: CallOptions): Promise<BusinessProfile> {
    return this.#ask('profile', {}, callSite(this.profile), options, BUSINESS_PROFILE);
  }

  /**
   * Lets users that were blocked write again. More than 1,000 go in several requests.
   *
   * (Meta: "block users".)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  unblockUsers(given: UnblockUsersArguments, options?: CallOptions): Promise<Blocking> {
    return this.#ask('unblock_users', given, callSite(this.unblockUsers), options, BLOCKING);
  }

  /**
   * Changes the profile that customers see of the business number. An absent field stays as it is. An empty text clears
   * a field.
   *
   * (Meta: "business profiles".)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  updateProfile(given: UpdateProfileArguments = {}, options?: CallOptions): Promise<void> {
    return this.#ask('update_profile', given, callSite(this.updateProfile), options);
  }

  /**
   * Uploads a file to Meta, to be sent by its id as often as one likes for 30 days. The answer is the id.
   *
   * Type and size are checked against Meta's table before. A file is read as it goes out, so that memory stays flat. An
   * upload sends nothing to anybody: it is tried again also where the outcome is unknown. (Meta: "media" reference,
   * upload media.)
   *
   * @throws WamidError of every kind; ask it `retryable`.
   */
  uploadMedia(given: UploadMediaArguments = {}, options?: TransferOptions): Promise<string> {
    return this.#transfer('upload_media', given, callSite(this.uploadMedia), options);
  }
}
