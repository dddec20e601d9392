from freehold.api import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import analyse, load_std
from freehold.source import Source


def test_a_closure_that_an_opaque_type_hides_has_a_body_before_its_function_is_asked() -> None:
    load_std(Cache(cache_folder()))
    text = "fn adder(n: i32) -> impl Fn(i32) -> i32 { move |x| x + n }\nfn main() { adder(1)(2); }"
    analysed = analyse(Source("a.rs", text))
    (closure,) = analysed.owners
    assert analysed.elaborated == {}
    assert analysed.body_of(closure) is not None
