type IsAny<Type> = 0 extends 1 & Type ? true : false;

/** Whether two types are the same: each assignable to the other, and neither `any`. */
type Same<Left, Right> = true extends IsAny<Left> | IsAny<Right>
  ? false
  : [Left, Right] extends [Right, Left]
    ? true
    : false;

/** Compiles with `true` where two types are the same. */
export function same<Left, Right>(answer: Same<Left, Right>): boolean {
  return answer;
}
