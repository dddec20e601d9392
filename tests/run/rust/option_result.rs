// Option and Result: every common method, once on each side.
use std::num::ParseIntError;

fn parse_pair(a: &str, b: &str) -> Result<(i32, i32), ParseIntError> {
    let first = a.parse::<i32>()?;
    let second = b.parse()?;
    Ok((first, second))
}

fn first_even(numbers: &[i32]) -> Option<i32> {
    let first = numbers.iter().find(|n| **n % 2 == 0)?;
    Some(*first * 10)
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Unit(u8);

fn main() {
    let some = Some(3);
    let none: Option<i32> = None;
    println!("{:?} {:?}", some.map(|x| x + 1), none.map(|x| x + 1));
    println!("{} {}", some.unwrap_or(9), none.unwrap_or(9));
    println!("{} {}", some.map_or(0, |x| x * 2), none.map_or_else(|| -1, |x| x * 2));
    println!("{:?} {:?}", some.ok_or("nothing"), none.ok_or_else(|| "nothing".to_string()));
    println!("{:?} {:?}", some.and_then(|x| if x > 2 { Some(x) } else { None }), some.and(Some("b")));
    println!("{:?} {:?} {:?}", some.or(Some(1)), none.or(Some(1)), none.or_else(|| Some(2)));
    println!("{:?} {:?}", some.xor(none), some.xor(some));
    println!("{:?} {:?}", some.filter(|x| x % 2 == 0), some.filter(|x| x % 2 == 1));
    println!("{:?} {:?}", some.zip(Some('z')), Some((1, 'a')).unzip());
    println!("{} {}", some.is_some_and(|x| x > 1), none.is_none_or(|x| x > 1));
    println!("{:?}", Some(Some(4)).flatten());
    let mut slot = None;
    println!("{}", slot.get_or_insert_with(|| 7));
    *slot.get_or_insert(0) += 1;
    println!("{:?} {:?} {:?}", slot.replace(1), slot.take(), slot);
    println!("{:?}", slot.insert(5));
    println!("{:?} {:?}", slot.take_if(|x| *x == 5), slot);
    println!("{:?}", Some(Unit(3)).as_ref().cloned().unwrap_or_default());
    println!("{:?}", None::<Unit>.unwrap_or_default());
    println!("{:?}", Some("text".to_string()).as_deref().map(str::len));
    println!("{:?}", Some(Ok::<i32, String>(1)).transpose());
    for x in &some {
        println!("one {x}");
    }
    println!("{}", Some(1) < Some(2) && None < Some(0));

    println!("{:?} {:?}", parse_pair("1", "2"), parse_pair("1", "x"));
    println!("{:?} {:?}", first_even(&[1, 4, 6]), first_even(&[1]));
    let good: Result<i32, String> = Ok(1);
    let bad: Result<i32, String> = Err("bad".into());
    println!("{:?} {:?}", good.as_ref().map(|x| x + 1), bad.as_ref().map_err(|e| e.len()));
    println!("{:?} {:?}", good.clone().ok(), bad.clone().err());
    println!("{} {}", good.clone().unwrap_or(0), bad.clone().unwrap_or_else(|e| e.len() as i32));
    println!("{:?}", bad.clone().or_else(|e| if e == "bad" { Ok(3) } else { Err(e) }));
    println!("{:?}", good.clone().and_then(|x| if x > 5 { Ok(x) } else { Err("small".to_string()) }));
    println!("{} {}", good.is_ok_and(|x| x == 1), bad.as_ref().is_err_and(|e| e.is_empty()));
    println!("{:?}", ["1", "2", "3"].iter().map(|s| s.parse::<u8>()).collect::<Result<Vec<_>, _>>());
    println!("{:?}", ["1", "-2", "3"].iter().map(|s| s.parse::<u8>()).collect::<Result<Vec<_>, _>>());
    println!("{:?}", [Some(1), None].into_iter().collect::<Option<Vec<i32>>>());
    println!("{:?}", [Some(1), Some(5)].into_iter().sum::<Option<i32>>());
    println!("{:?}", ["2", "4"].iter().map(|s| s.parse::<i32>()).product::<Result<i32, _>>());
    println!("{:#?}", Some(Err::<(), _>(Unit(1))));
}
