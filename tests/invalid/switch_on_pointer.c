void f(int *p)
{
    switch (p) { //~ ERROR FH1204
    case 0:;
    }
}
