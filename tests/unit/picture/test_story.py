"""Programs recorded and told: who owns what, what dangles, what leaks, at the decisive step."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import dedent

import pytest

from freehold.api import cache_folder
from freehold.diagnostics import Diagnostic
from freehold.driver.options import CompileOptions
from freehold.driver.record import record
from freehold.execute.options import Recording, RunOptions
from freehold.picture import ArrowKind, ObjectState, State, Story, state_at, tell
from freehold.picture.ascii import draw
from freehold.source import Source


class _Deaf:
    def found(self, finding: Diagnostic) -> None:
        pass

    def progress(self, text: str) -> None:
        pass


@dataclass(frozen=True)
class Told:
    """A story, and where in it things are."""

    story: Story
    text: str

    def at(self, mark: str, *, after: bool = False) -> State:
        """Return the state before (or after) the first step on the line that holds `mark`."""
        line = next(n for n, text in enumerate(self.text.split("\n"), 1) if mark in text)
        steps = self.story.steps
        position = next(n for n, step in enumerate(steps) if step.place.line == line)
        return state_at(self.story, position + after)

    @property
    def end(self) -> State:
        return state_at(self.story, self.story.end)


Tell = Callable[..., Told]


@pytest.fixture
def told() -> Tell:
    def tell_of(text: str, steps: int = 100_000, name: str = "p.c") -> Told:
        text = dedent(text)
        options = RunOptions(capture=True, record=Recording(steps=steps, bytes=1 << 26))
        made = record((Source(name, text),), CompileOptions(), options, cache_folder(), _Deaf())
        assert made.recorded is not None, [one.message for one in made.diagnostics]
        return Told(tell(made.recorded), text)

    return tell_of


LIST = """\
    #include <stdio.h>
    #include <stdlib.h>
    struct node { int value; struct node *next; };
    static int count;
    static struct node *push(struct node *list, int value) {
        struct node *made = malloc(sizeof *made);
        made->value = value;
        made->next = list; // linked
        count++;
        return made;
    }
    int main(void) {
        struct node *list = NULL;
        for (int i = 0; i < 2; i++)
            list = push(list, 10 * i);
        struct node *second = list->next;
        free(list); // first
        puts("freed");
        printf("%d\\n", list->value); // late
        free(second);
        return 0;
    }
"""


def test_a_list_is_drawn_as_it_is_linked_and_freed(told: Tell) -> None:
    made = told(LIST)
    state = made.at("// first")
    (first, second) = state.heap
    assert [made.story.type_name(one.object) for one in state.heap] == ["struct node"] * 2
    assert state.arrows_from("list")[0].target == second.object.number
    assert state.arrows_from("second")[0].target == first.object.number
    assert {leaf.path: leaf.text for leaf in first.leaves} == {".value": "0", ".next": "null"}
    assert state.variable("count").leaves[0].text == "2"
    after = made.at("// first", after=True)
    assert [one.state for one in after.heap] == [ObjectState.LIVE, ObjectState.FREED]
    (dangling,) = after.arrows_from("list")
    assert dangling.dangling
    assert dangling.kind is ArrowKind.RAW
    assert made.story.faults[0].code == "FH0201"
    assert made.story.steps[made.story.faults[0].step].place.line == 19
    assert made.at("// late").stdout == b"freed\n"


def test_boxes_are_drawn_before_and_after_malloc_and_free(told: Tell) -> None:
    made = told("""\
        #include <stdlib.h>
        int main(void) {
            int *p = malloc(2 * sizeof *p);
            p[0] = 7; // written
            free(p); // freed
            return 0;
        }
    """)
    assert draw(made.story, made.at("// freed")) == dedent("""\
        step 3 of 5, before line 5: free(p); // freed

        STACK           HEAP
        +- main() --+   +- A: 8 bytes -+
        | p = --> A |   | [0] = 7      |
        +-----------+   | [1] = ?      |
                        +--------------+
    """)
    assert draw(made.story, made.at("return 0")) == dedent("""\
        step 4 of 5, before line 6: return 0;

        STACK                      HEAP
        +- main() -------------+   +- A: 8 bytes, freed -+
        | p = --> A (dangling) |   | ??                  |
        +----------------------+   +---------------------+
    """)


def test_a_block_is_lost_when_its_last_pointer_goes(told: Tell) -> None:
    made = told("""\
        #include <stdlib.h>
        int main(void) {
            char *p = malloc(4);
            char *q = p;
            p = malloc(8); // kept by q
            q = NULL; // lost
            free(p);
            return 0;
        }
    """)
    assert [one.state for one in made.at("// lost").heap] == [ObjectState.LIVE] * 2
    lost, live = made.at("// lost", after=True).heap
    assert (lost.state, lost.object.size) == (ObjectState.LOST, 4)
    assert live.state is ObjectState.LIVE


def test_what_lives_at_the_end_in_static_data_is_not_lost(told: Tell) -> None:
    made = told("""\
        #include <stdlib.h>
        static int *kept;
        int main(void) {
            kept = malloc(4);
            int **ring = malloc(16);
            ring[0] = (int *)ring;
            return 0;
        }
    """)
    assert [one.state for one in made.end.heap] == [ObjectState.LIVE, ObjectState.LOST]


def test_frames_end_by_return_and_by_longjmp(told: Tell) -> None:
    made = told("""\
        #include <setjmp.h>
        static jmp_buf back;
        static void deep(int n) {
            if (n == 0)
                longjmp(back, 1); // jump
            deep(n - 1);
        }
        int main(void) {
            if (setjmp(back) == 0)
                deep(2);
            return 0; // after
        }
    """)
    names = [frame.function for frame in made.at("// jump").frames]
    assert names == ["main", "deep", "deep", "deep"]
    assert [frame.function for frame in made.at("// after").frames] == ["main"]


def test_each_round_of_a_loop_is_a_step(told: Tell) -> None:
    made = told("int main(void) { int n = 5; while (n) n--;\n return n; }")
    assert [step.place.line for step in made.story.steps].count(1) == 7
    assert made.at("return").variable("n").leaves[0].text == "0"


def test_uninitialised_bytes_and_copies_of_them_stay_so(told: Tell) -> None:
    made = told("""\
        struct pair { int a, b; };
        int main(void) {
            struct pair one, two;
            one.b = 3;
            two = one;
            return two.b; // end
        }
    """)
    state = made.at("// end")
    assert [leaf.text for leaf in state.variable("two").leaves] == ["?", "3"]
    assert [leaf.unset for leaf in state.variable("one").leaves] == [True, False]


def test_kinds_of_values(told: Tell) -> None:
    made = told("""\
        #include <string.h>
        enum colour { RED, GREEN };
        int main(int argc, char **argv) {
            char text[8];
            strcpy(text, "a\\"b");
            double half = 0.5;
            unsigned char byte = 200;
            struct { unsigned low : 3; int high : 5; } bits = { 5, -3 };
            int grid[2][2] = { { 1, 2 }, { 3, 4 } };
            int n = 3, vla[n];
            vla[2] = 9;
            int (*functions[])(int, char **) = { main, 0 };
            return 0; // end
        }
    """)
    state = made.at("// end")

    def texts(name: str) -> list[str]:
        return [leaf.text for leaf in state.variable(name).leaves]

    assert texts("text") == ['"a\\"b"']
    assert texts("half") == ["0.5"]
    assert texts("byte") == ["200"]
    assert texts("bits") == ["5", "-3"]
    assert [leaf.path for leaf in state.variable("grid").leaves][:2] == ["[0][0]", "[0][1]"]
    assert texts("grid") == ["1", "2", "3", "4"]
    assert texts("vla") == ["?", "?", "9"]
    assert texts("functions") == ["main()", "null"]


def test_of_a_long_run_fewer_and_fewer_steps_are_kept(told: Tell) -> None:
    made = told(
        """\
        #include <stdlib.h>
        static int twice(int n) {
            int made = n + n;
            return made;
        }
        int main(void) {
            int n = 0, *kept = malloc(4), *wrong = malloc(4);
            while (n < 9000) {
                int *p = malloc(sizeof *p);
                *p = twice(n);
                n++;
                if (n == 8000)
                    wrong[1] = n; // wrong
                free(p);
            }
            *kept = n; // late
            free(wrong);
            return 0;
        }
        """,
        2000,
    )
    story = made.story
    assert (story.full, story.every, story.taken > 80_000) == (False, 2000, True)
    assert 2000 < story.end < 3500
    (fault,) = story.faults
    assert story.steps[fault.step].place.line == 13
    at_fault = state_at(story, fault.step + 1)
    assert at_fault.variable("n").leaves[0].text == "8000"
    assert [frame.function for frame in at_fault.frames] == ["main"]
    assert len(story.objects) < 6000
    assert [one.state for one in made.end.heap[:2]] == [ObjectState.LOST, ObjectState.FREED]
    assert made.end.heap[0].leaves[0].text == "9000"
    assert all(one.state is ObjectState.FREED for one in made.end.heap[2:])
    for position in range(2000, story.end, 97):
        frames = state_at(story, position).frames
        assert [frame.function for frame in frames] in (["main"], ["main", "twice"])


def test_realloc_ends_a_block_and_begins_another(told: Tell) -> None:
    made = told("""\
        #include <stdlib.h>
        int main(void) {
            int *p = calloc(2, sizeof *p);
            p[1] = 4;
            p = realloc(p, 400 * sizeof *p);
            free(p); // end
        }
    """)
    old, new = made.at("// end").heap
    assert (old.state, new.state) == (ObjectState.FREED, ObjectState.LIVE)
    assert [leaf.text for leaf in new.leaves[:3]] == ["0", "4", "?"]
