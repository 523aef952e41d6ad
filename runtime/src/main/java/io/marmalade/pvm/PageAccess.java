package io.marmalade.pvm;

/** What a guest may do with a page of its memory. */
public enum PageAccess {
    /** Nothing. */
    NONE,
    /** Reading (R). */
    READ,
    /** Reading and writing (W). */
    WRITE
}
