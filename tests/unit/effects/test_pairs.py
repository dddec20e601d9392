"""Resources that a project has declared: a driver's ladder of a device, a buffer, an interrupt."""

import pytest

from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c
from freehold.effects.pairs import Pair
from freehold.source import Source

PAIRS = (
    Pair("device_enable", "device_disable", "device", "nonzero"),
    Pair("dma_alloc", "dma_free", "DMA buffer", "null"),
    Pair("irq_request", "irq_free", "IRQ", "negative"),
    Pair("port_open", "port_close", "port", "nonzero"),
)
HEAD = """
#include <stddef.h>
struct device { void *buffer; int irq; };
struct port;
int device_enable(struct device *dev);
void device_disable(struct device *dev);
void *dma_alloc(struct device *dev, size_t size);
void dma_free(struct device *dev, void *buffer);
int irq_request(struct device *dev);
void irq_free(int irq);
int port_open(struct port **port);
void port_close(struct port *port);
"""
LADDER = """
int probe(struct device *dev)
{
    int error = device_enable(dev);
    if (error)
        return error;
    void *buffer = dma_alloc(dev, 4096);
    if (buffer == NULL) {
        error = -12;
        goto disable;
    }
    int irq = irq_request(dev);
    if (irq < 0) {
        error = irq;
        goto %s;
    }
    dev->buffer = buffer;
    dev->irq = irq;
    return 0;
release:
    dma_free(dev, buffer);
%s
disable:
    device_disable(dev);
    return error;
}
"""

OUT_OF_ORDER = """
int f(struct device *dev)
{
    if (device_enable(dev))
        return 1;
    void *buffer = dma_alloc(dev, 1);
    device_disable(dev);
    if (buffer)
        dma_free(dev, buffer);
    return 0;
}
"""


def _check(text: str) -> list[tuple[str, str]]:
    units = [(Source("t.c", HEAD + text), CompileOptions())]
    return [(d.code.id, d.message) for d in check_c(units, pedantic=True, pairs=PAIRS).findings]


CLEAN = {
    "ladder": LADDER % ("release", ""),
    "tied to an object": "int f(void) { struct device d; if (device_enable(&d)) return 1;"
    " device_disable(&d); return 0; }",
    "through a pointer": "int f(void) { struct port *p; if (port_open(&p)) return 1;"
    " port_close(p); return 0; }",
    "handed on": "int f(struct device *d) { return irq_request(d); }",
    "taken": "void f(int irq) { irq_free(irq); }",
}
FAULTY = {
    "a rung is left out": (LADDER % ("disable", ""), "FH0805", "DMA buffer"),
    "a rung is there twice": (
        LADDER % ("release", "    dma_free(dev, buffer);"),
        "FH0202",
        "DMA buffer",
    ),
    "a number is lost": ("int f(struct device *d) { return irq_request(d) < 0; }", "FH0805", "IRQ"),
    "an object's is lost": (
        "int f(void) { struct device d; return device_enable(&d); }",
        "FH0805",
        "device",
    ),
    "what a pointer was set to is lost": (
        "int f(void) { struct port *p; return port_open(&p); }",
        "FH0805",
        "port",
    ),
    "in the wrong order": (
        OUT_OF_ORDER,
        "FH0807",
        "device is released before the DMA buffer",
    ),
    "of another kind": (
        "void f(struct device *d) { void *b = dma_alloc(d, 1); if (b) port_close(b); }",
        "FH0303",
        "port_close",
    ),
}


@pytest.mark.parametrize("text", CLEAN.values(), ids=list(CLEAN))
def test_what_is_given_back_is_silent(text: str) -> None:
    assert _check(text) == []


@pytest.mark.parametrize(("text", "code", "name"), FAULTY.values(), ids=list(FAULTY))
def test_what_is_not_given_back_is_told(text: str, code: str, name: str) -> None:
    ((found, message),) = _check(text)
    assert found == code
    assert name in message


def test_functions_that_are_not_declared_take_nothing() -> None:
    units = [(Source("t.c", HEAD + "int f(struct device *d) { return irq_request(d) < 0; }"),)]
    assert check_c([(*units[0], CompileOptions())], pedantic=True).findings == ()
