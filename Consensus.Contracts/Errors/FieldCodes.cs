namespace Consensus.Contracts.Errors;

/// <summary>The codes of single violations in <c>errors[]</c>.</summary>
public static class FieldCodes
{
    /// <summary>A required member is missing or empty.</summary>
    public static readonly FieldCode Required = new("required", "A required member is missing, null or empty.");

    /// <summary>A member the API does not know.</summary>
    public static readonly FieldCode UnknownMember = new("unknown_member", "The member is not part of the request; `allowed` lists those that are.");

    /// <summary>The same member twice in one object.</summary>
    public static readonly FieldCode DuplicateMember = new("duplicate_member", "The member stands twice in one object.");

    /// <summary>A value of the wrong JSON type.</summary>
    public static readonly FieldCode InvalidType = new("invalid_type", "The value has the wrong JSON type.");

    /// <summary>A value outside the closed list.</summary>
    public static readonly FieldCode InvalidValue = new("invalid_value", "The value is not one of those allowed.");

    /// <summary>A number outside its range, or not finite.</summary>
    public static readonly FieldCode OutOfRange = new("out_of_range", "The number is outside the allowed range, or not finite.");

    /// <summary>Too many characters.</summary>
    public static readonly FieldCode TooLong = new("too_long", "The text has too many characters.");

    /// <summary>Too many items.</summary>
    public static readonly FieldCode TooMany = new("too_many", "The list has too many items, or the panel asks for too many answers.");

    /// <summary>Too few items.</summary>
    public static readonly FieldCode TooFew = new("too_few", "The list has too few items.");

    /// <summary>The same item twice.</summary>
    public static readonly FieldCode Duplicate = new("duplicate", "The list names the same item twice.");

    /// <summary>Control characters or broken surrogates.</summary>
    public static readonly FieldCode ControlCharacters = new("control_characters", "The text has control characters or broken Unicode.");

    /// <summary>A model that is not configured.</summary>
    public static readonly FieldCode UnknownModel = new("unknown_model", "No such model is configured; `GET /v1/models` lists those that are.");

    /// <summary>A panel that is not configured.</summary>
    public static readonly FieldCode UnknownPanel = new("unknown_panel", "No such panel is configured; `GET /v1/models` lists those that are.");

    /// <summary>A run that is not stored, or not the caller's.</summary>
    public static readonly FieldCode UnknownRun =
        new("unknown_run", "No such run is stored, or it belongs to another key; `GET /v1/runs` lists those that can be named.");

    /// <summary>A strategy that does not exist.</summary>
    public static readonly FieldCode UnknownStrategy = new("unknown_strategy", "No such strategy; `GET /v1/strategies` lists those that exist.");

    /// <summary>Members that exclude each other.</summary>
    public static readonly FieldCode Contradiction = new("contradiction", "Two members exclude each other, or a member does not apply to the chosen strategy or kind.");

    /// <summary>Content the API does not take.</summary>
    public static readonly FieldCode UnsupportedContent = new("unsupported_content", "Images, audio, files and tool messages are not supported: messages are text.");

    /// <summary>What another protocol has and this system does not do.</summary>
    public static readonly FieldCode NotSupported = new("not_supported", "The protocol has the member, and what it asks for is not done here; `allowed` has what asks for nothing.");

    /// <summary>A cost cap without prices.</summary>
    public static readonly FieldCode PriceUnknown = new("price_unknown", "`maxCostUsd` needs a configured price for every model of the panel.");

    /// <summary>A schema that cannot be used.</summary>
    public static readonly FieldCode InvalidSchema = new("invalid_schema", "The value is not a usable JSON Schema.");

    /// <summary>A cursor that was not issued here.</summary>
    public static readonly FieldCode InvalidCursor = new("invalid_cursor", "The cursor was not issued by this listing, or for other filters.");

    /// <summary>A document that is not what its hash says.</summary>
    public static readonly FieldCode HashMismatch = new("hash_mismatch", "The hash in the document is not that of its content; `allowed` has the one that is.");

    /// <summary>All entries.</summary>
    public static IReadOnlyList<FieldCode> All { get; } =
    [
        Required, UnknownMember, DuplicateMember, InvalidType, InvalidValue, OutOfRange, TooLong, TooMany, TooFew, Duplicate, ControlCharacters,
        UnknownModel, UnknownPanel, UnknownRun, UnknownStrategy, Contradiction, UnsupportedContent, NotSupported, PriceUnknown, InvalidSchema, InvalidCursor,
        HashMismatch,
    ];
}
