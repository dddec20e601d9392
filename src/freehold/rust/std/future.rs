//! Futures, as far as there is no `async`.

use crate::boxed::Box;
use crate::ops::DerefMut;
use crate::pin::Pin;
use crate::task::{Context, Poll};

#[lang_items]
#[lang = "future_trait"]
#[diagnostic::on_unimplemented(message = "`{Self}` is not a future", label = "`{Self}` is not a future")]
pub trait Future {
    type Output;

    #[lang = "poll"]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output>;
}

impl<F: ?Sized + Future + Unpin> Future for &mut F {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        F::poll(Pin::new(&mut **self.get_mut()), cx)
    }
}

impl<F: ?Sized + Future + Unpin> Future for Box<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        F::poll(Pin::new(&mut **self.get_mut()), cx)
    }
}

impl<P: DerefMut> Future for Pin<P>
where
    P::Target: Future,
{
    type Output = <<P as crate::ops::Deref>::Target as Future>::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        unsafe { self.get_unchecked_mut() }.as_mut().poll(cx)
    }
}

pub trait IntoFuture {
    type Output;
    type IntoFuture: Future<Output = Self::Output>;

    fn into_future(self) -> Self::IntoFuture;
}

impl<F: Future> IntoFuture for F {
    type Output = F::Output;
    type IntoFuture = F;

    fn into_future(self) -> F { self }
}

#[derive(Debug, Clone)]
pub struct Ready<T>(Option<T>);

impl<T> Unpin for Ready<T> {}

impl<T> Future for Ready<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<T> {
        Poll::Ready(self.0.take().expect("`Ready` polled after completion"))
    }
}

pub fn ready<T>(t: T) -> Ready<T> { Ready(Some(t)) }
