/** How far something is, as a ring that closes and then bears a tick. Says nothing that is not written beside it. */
export function Ring({ given, all }: { given: number; all: number }) {
  const full = given === all;
  return (
    <svg class={full ? 'ring full' : 'ring'} viewBox="0 0 36 36" aria-hidden="true">
      <circle class="track" cx="18" cy="18" r="15" />
      {given > 0 && (
        <circle
          class="part"
          cx="18"
          cy="18"
          r="15"
          pathLength={all}
          stroke-dasharray={`${given} ${all}`}
        />
      )}
      {full && <path d="m11 18.5 5 5 9.5-10.5" />}
    </svg>
  );
}
