/** Something that whoever runs the bench can mend: said in its message alone. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
}
