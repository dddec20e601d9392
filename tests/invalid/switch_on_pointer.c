void f(int *p)
{
    switch (p) { //~ ERROR FH1203
    case 0:;
    }
}
