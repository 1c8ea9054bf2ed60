/** What was typed, or a file that was named, is wrong. The message is one clean line that says what to do. */
export class WrongWords extends Error {}
