/** Numbers of the ZIP format (PKWARE's APPNOTE) that the writer and the reader share. */

export const LOCAL_HEADER = 0x04034b50;
export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER = 0x02014b50;
export const CENTRAL_HEADER_BYTES = 46;
export const END = 0x06054b50;
export const END_BYTES = 22;
export const END64 = 0x06064b50;
export const END64_BYTES = 56;
export const END64_LOCATOR = 0x07064b50;
export const END64_LOCATOR_BYTES = 20;

/** In a field of 16 or 32 bits: the value stands in the record of 64 bits. */
export const MAX_16 = 0xffff;
export const MAX_32 = 0xffffffff;

/** Extra field that holds what does not fit 32 bits. */
export const EXTRA_64 = 0x0001;

export const STORED = 0;
export const DEFLATED = 8;

/** Names are UTF-8. */
export const UTF8_NAMES = 0x0800;
/** The entry is encrypted. */
export const ENCRYPTED = 0x0001;
