namespace FedNotebook;

/// <summary>The kinds of messages, numbered as in PySyft 0.1.</summary>
public enum MessageType
{
    /// <summary>Run an operation.</summary>
    CMD = 1,

    /// <summary>Here is an object: keep it.</summary>
    OBJ = 2,

    /// <summary>Give me the object and forget it.</summary>
    OBJ_REQ = 3,

    /// <summary>Delete the object.</summary>
    OBJ_DEL = 4,

    /// <summary>Is this part of an object there?</summary>
    IS_NONE = 6,

    /// <summary>What is the shape of the tensor?</summary>
    GET_SHAPE = 7,

    /// <summary>Which objects carry these tags?</summary>
    SEARCH = 8,

    /// <summary>Delete the object now, because nothing points to it any more.</summary>
    FORCE_OBJ_DEL = 9,
}
