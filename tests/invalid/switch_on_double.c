void f(double d)
{
    switch (d) { //~ ERROR FH1204
    case 1:;
    }
}
